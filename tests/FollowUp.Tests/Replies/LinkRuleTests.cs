using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using static FollowUp.Tests.Builders.Gloucestershire;

namespace FollowUp.Tests.Replies;

public sealed class LinkRuleTests
{
    private static readonly DateOnly ClosedOn = new(2018, 1, 22);

    [Theory]
    [InlineData("2018-03-23", false)]
    [InlineData("2018-03-24", true)]
    public void A_link_ends_60_days_after_the_last_recommendation_was_closed(string today, bool ended) =>
        Assert.Equal(ended, LinkRule.HasEnded(Link(), [Closed(1, ClosedOn.AddDays(-30)), Closed(2, ClosedOn)], Day(today)));

    [Fact]
    public void What_was_saved_by_a_link_is_its_holders_and_in_old_rows_whoevers_address_looks_alike()
    {
        var (mine, likeMine) = (Link(), Link() with { Contact = Link().Contact with { Email = FollowUp.Email.EmailAddress.Parse("d.other@bgsw.example", null) } });

        Assert.Equal((true, false), (mine.IsHeldBy(mine.Holder, mine.Contact.Email.Masked), likeMine.IsHeldBy(mine.Holder, mine.Contact.Email.Masked)));
        Assert.Equal((true, true), (mine.IsHeldBy(null, mine.Contact.Email.Masked), likeMine.IsHeldBy(null, mine.Contact.Email.Masked)));
    }

    [Fact]
    public void It_does_not_end_while_anything_is_open() =>
        Assert.False(LinkRule.HasEnded(Link(), [Closed(1, ClosedOn), Recommendation(2)], new DateOnly(2030, 1, 1)));

    [Theory]
    [InlineData("2018-08-09", false)]
    [InlineData("2018-08-10", true)]
    public void A_link_made_later_lasts_60_days_of_its_own(string today, bool ended) =>
        Assert.Equal(ended, LinkRule.HasEnded(Link(createdOn: new(2018, 6, 10)), [Closed(1, ClosedOn)], Day(today)));

    [Theory]
    [InlineData("2018-03-23", false)]
    [InlineData("2018-03-24", true)]
    public void A_recommendation_that_went_to_another_organisation_is_not_open_here(string today, bool ended)
    {
        var gone = Recommendation(1) with
        {
            Ask = A.Ask() with { ClosedOn = ClosedOn },
            Move = new Move(Nps.Id, new(2018, 3, 1), "The report meant the NPS.", Actor.Service, "op", Arrived: true),
        };
        Assert.Equal(ended, LinkRule.HasEnded(Link(), [gone], Day(today)));
    }

    [Fact]
    public void A_contact_who_has_left_has_no_link_any_more()
    {
        var left = new OrganisationDirectory([Crc with { Contacts = [A.Contact("Dana Main") with { Until = new(2017, 9, 30) }, A.Contact("Sam Second")] }, WorkingLinks, Hmpps]);
        Assert.True(LinkRule.IsStillTheirs(Link(), left, new(2017, 9, 30)));
        Assert.False(LinkRule.IsStillTheirs(Link(), left, new(2017, 10, 1)));
    }

    [Fact]
    public void Those_above_keep_theirs_only_while_they_are_above()
    {
        var link = Link() with { Contact = new Recipient("Wren Main", A.Contact("Wren Main", domain: "workinglinks.example").Email, Relation.Upward, ContactRole.Main, WorkingLinks.Id) };
        Assert.True(LinkRule.IsStillTheirs(link, Gloucestershire.Directory, new(2017, 10, 12)));
        var sold = new OrganisationDirectory([Crc with { EscalatesTo = Hmpps.Id }, WorkingLinks, Hmpps]);
        Assert.False(LinkRule.IsStillTheirs(link, sold, new(2017, 10, 12)));
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static Link Link(DateOnly? createdOn = null) => new()
    {
        Id = "id",
        Hash = "hash",
        OrganisationId = Crc.Id,
        Contact = new Recipient("Dana Main", A.Contact("Dana Main").Email, Relation.Own, ContactRole.Main, Crc.Id),
        Mid = "mid",
        CreatedAt = new DateTimeOffset(createdOn ?? PublishedOn, new TimeOnly(12, 0), TimeSpan.Zero),
    };

    private static Recommendation Closed(int number, DateOnly on) => Recommendation(number) with
    {
        Status = RecommendationStatus.Closed,
        Closure = new Closure(ClosureReason.Implemented, null, "Ines Lead", new DateTimeOffset(on, new TimeOnly(12, 0), TimeSpan.Zero)),
    };
}
