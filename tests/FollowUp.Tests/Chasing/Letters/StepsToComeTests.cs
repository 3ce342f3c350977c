using FollowUp.Chasing.Letters;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing.Letters;

/// <summary>A letter says of nobody that they will be written to who will not be.</summary>
public sealed class StepsToComeTests
{
    private static readonly LetterFacts Facts = Gloucestershire.Facts(Gloucestershire.PublishedOn, Gloucestershire.At(0, 1));

    [Fact]
    public void Those_above_and_the_director_are_named_where_they_are_reached()
    {
        var says = Says(Facts);
        Assert.Contains("your organisation’s director on 5 October 2017", says, StringComparison.Ordinal);
        Assert.Contains("Working Links on 12 October 2017", says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2017-10-12", "Working Links")]
    [InlineData("2017-10-11", "HM Prison and Probation Service")]
    public void Whoever_has_ended_by_then_is_passed_over(string until, string named) =>
        Assert.Contains($"{named} on 12 October 2017", Says(Facts with { OrganisationDirectory = new([Gloucestershire.Crc, Gloucestershire.WorkingLinks with { Until = Words.ReadIso(until) }, Gloucestershire.Hmpps]) }), StringComparison.Ordinal);

    [Fact]
    public void Whose_addresses_are_suspended_is_passed_over()
    {
        var gone = Gloucestershire.WorkingLinks.Contacts.Concat(Gloucestershire.Crc.ContactsOn(Facts.Today, ContactRole.Director));
        var says = Says(Facts with { Suspended = new([.. gone.Select(c => new SuspendedAddress(c.Email, default, "It bounced.", "mid"))], []) });
        Assert.Contains("HM Prison and Probation Service on 12 October 2017", says, StringComparison.Ordinal);
        Assert.DoesNotContain("director", says, StringComparison.Ordinal);
    }

    private static string Says(LetterFacts facts) => string.Join(' ', LetterWriter.Write(facts).Render(facts).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
