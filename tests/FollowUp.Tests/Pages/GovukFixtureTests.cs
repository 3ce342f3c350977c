using System.Text.Json;

namespace FollowUp.Tests.Pages;

public sealed class GovukFixtureTests
{
    /// <summary>The fixtures that are not ours to meet, with the reason.</summary>
    private static readonly Dictionary<string, string> Skipped = new()
    {
        ["character-count: with translations"] = "the service speaks English only",
        ["file-upload: enhanced"] = "the drop zone is not used: a plain file input needs no script",
        ["file-upload: enhanced, with error message and hint"] = "as above",
        ["file-upload: enhanced, multiple files"] = "as above",
        ["file-upload: enhanced, custom wrapper classes and attributes"] = "as above",
        ["file-upload: translated"] = "as above",
        ["file-upload: translated, no javascript enhancement"] = "as above",
        ["file-upload: with value"] = "a file input has no value that a page could set",
        ["panel: interruption"] = "the actions of an interruption are not used",
        ["panel: interruption-with-content-with-long-line-length"] = "as above",
        ["panel: interruption-with-headings-content-and-lists"] = "as above",
        ["panel: confirmation, with actions"] = "as above",
        ["panel: interruption, with actions classes and attributes"] = "as above",
        ["panel: interruption, submit action"] = "as above",
        ["panel: interruption, button link"] = "as above",
        ["panel: interruption, no actions items"] = "as above",
        ["service-navigation: with language navigation"] = "the service speaks English only",
        ["service-navigation: with right-aligned language navigation"] = "as above",
        ["service-navigation: inverse with language navigation"] = "as above",
        ["service-navigation: with slotted content"] = "the slots are not used",
        ["service-navigation: with `inline` end slot"] = "as above",
    };

    public static TheoryData<string> Components => [.. GovukComponents.All.Keys];

    [Fact]
    public void The_fixtures_that_are_compared_are_counted()
    {
        var all = GovukComponents.All.Keys.SelectMany(component => GovukFixtures.Of(component).Select(fixture => $"{component}: {fixture.Name}")).ToHashSet();

        Assert.All(Skipped.Keys, skipped => Assert.Contains(skipped, all));
        Assert.Equal(568, all.Count - Skipped.Count);
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void A_component_gives_the_markup_that_the_design_system_ships(string component)
    {
        var wrong = new List<string>();
        foreach (var (name, options, html) in GovukFixtures.Of(component).Where(fixture => !Skipped.ContainsKey($"{component}: {fixture.Name}")))
        {
            try
            {
                var ours = MarkupNormaliser.Normalise(GovukComponents.Write(GovukComponents.All[component](options)));
                var theirs = MarkupNormaliser.Normalise(html);
                if (ours != theirs)
                    wrong.Add($"{name}\n--- expected\n{theirs}--- ours\n{ours}");
            }
            catch (JsonException unknown)
            {
                wrong.Add($"{name}: {unknown.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }
}
