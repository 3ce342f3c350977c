using System.Text.RegularExpressions;
using FollowUp.Local;

namespace FollowUp.Tests.Azure;

public sealed partial class SettingsTests
{
    [Fact]
    public void The_table_names_every_setting_and_no_other() =>
        Assert.Equal(KnownSettings.All.Select(known => known.Name).Order(), Documented().Keys.Order());

    [Fact]
    public void The_table_says_which_are_required_and_what_the_others_default_to()
    {
        foreach (var (name, property) in KnownSettings.All)
        {
            var documented = Documented()[name];
            if (KnownSettings.IsRequired(property))
                Assert.True(documented == "required", $"{name} is required, and the table says “{documented}”");
            else if (KnownSettings.Default(property) is string value and not "")
                Assert.Equal($"`{value}`", documented);
            else
                Assert.DoesNotMatch("^(required|`.*`)$", documented);
        }
    }

    private static Dictionary<string, string> Documented()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "settings.md"));
        var table = page[..page.IndexOf("\n## ", StringComparison.Ordinal)];
        return Row().Matches(table).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (.*?) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
