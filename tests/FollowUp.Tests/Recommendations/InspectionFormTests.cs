using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

public sealed class InspectionFormTests
{
    private static readonly InspectionForm Valid = new()
    {
        Title = "An inspection of Gloucestershire",
        Area = "Gloucestershire",
        Programme = "Quality & Impact",
        PublishedOn = new(2017, 8, 31),
        LeadInspector = new("Ines Lead", "ines.lead@inspectorate.example"),
        Recommendations = [One("Reduce caseloads.", "bgsw-crc")],
    };

    [Fact]
    public void A_recommendation_to_two_organisations_becomes_a_and_b()
    {
        var form = Valid with { Recommendations = [One("One.", "bgsw-crc"), One("Two.", "bgsw-crc"), One("Three.", "bgsw-crc", "nps-south-west")] };

        Assert.Equal([("1", "bgsw-crc"), ("2", "bgsw-crc"), ("3a", "bgsw-crc"), ("3b", "nps-south-west")], Read(form).Value.Drafts.Select(d => (d.Number.ToString(), d.OrganisationId.ToString())));
    }

    [Fact]
    public void An_organisation_named_twice_is_counted_once() =>
        Assert.Equal("1", Assert.Single(Read(Valid with { Recommendations = [One("One.", "bgsw-crc", "bgsw-crc")] }).Value.Drafts).Number.ToString());

    [Fact]
    public void All_that_is_wrong_is_named_at_once() =>
        Assert.Equal(
            ["publishedOn", "title", "area", "programme", "leadInspector.name", "leadInspector.email", "recommendations"],
            Read(new InspectionForm()).Fields());

    [Theory]
    [InlineData("1900-01-01", true)]
    [InlineData("2011-12-31", true)]
    [InlineData("2012-01-01", false)]
    [InlineData("2017-08-31", false)]
    [InlineData("2019-08-31", false)] // Two years from today
    [InlineData("2019-09-01", true)]
    [InlineData("2100-01-01", true)]
    public void The_publication_date_lies_where_the_bank_holidays_are_known(string day, bool refused) =>
        Assert.Equal(refused ? ["publishedOn"] : [], Read(Valid with { PublishedOn = DateOnly.Parse(day, null) }).Fields());

    [Theory]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData(" \r\n ", true)]
    [InlineData("x", false)]
    public void A_recommendation_has_words(string? text, bool refused) =>
        Assert.Equal(refused ? ["recommendations[0].text"] : [], Read(Valid with { Recommendations = [One(text, "bgsw-crc")] }).Fields());

    [Theory]
    [InlineData(5000, false)]
    [InlineData(5001, true)]
    [InlineData(20_000, true)]
    public void A_recommendation_has_at_most_5000_characters(int length, bool refused) =>
        Assert.Equal(refused ? ["recommendations[0].text"] : [], Read(Valid with { Recommendations = [One(new string('x', length), "bgsw-crc")] }).Fields());

    [Theory]
    [InlineData("2017-08-30", true)]
    [InlineData("2017-08-31", true)]
    [InlineData("2017-09-01", false)]
    [InlineData("2017-09-30", false)] // A Saturday is allowed, and said
    [InlineData("2018-08-31", false)]
    [InlineData("2018-09-01", true)]
    public void A_deadline_that_is_given_lies_after_publication_and_within_a_year(string day, bool refused) =>
        Assert.Equal(refused ? ["recommendations[0].responseDueOn"] : [], Read(Valid with { Recommendations = [One("One.", "bgsw-crc") with { ResponseDueOn = DateOnly.Parse(day, null) }] }).Fields());

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void An_inspection_has_at_most_99_recommendations(int count, bool refused) =>
        Assert.Equal(refused ? ["recommendations"] : [], Read(Valid with { Recommendations = [.. Enumerable.Range(1, count).Select(i => One($"Number {i}.", "bgsw-crc"))] }).Fields());

    [Fact]
    public void An_organisation_that_is_not_in_the_directory_is_named()
    {
        var outcome = Read(Valid with { Recommendations = [One("One.", "bgsw-crc", "bgsw-crcc")] });

        Assert.Equal(["recommendations[0].organisationIds[1]: There is no organisation “bgsw-crcc”: choose one from the directory, or add it first"], outcome.Problems());
    }

    [Fact]
    public void A_null_in_a_list_is_named_and_nothing_breaks() =>
        Assert.Equal(["recommendations[0].text", "recommendations[0].organisationId"], Read(Valid with { Recommendations = [null!] }).Fields());

    [Theory]
    [InlineData("javascript:alert(1)", true)]
    [InlineData("/report.pdf", true)]
    [InlineData("https://www.justiceinspectorates.gov.uk/report", false)]
    [InlineData("", false)]
    public void A_report_link_is_a_web_address(string url, bool refused) => Assert.Equal(refused ? ["reportUrl"] : [], Read(Valid with { ReportUrl = url }).Fields());

    [Theory]
    [InlineData("Two\r\nlines")]
    [InlineData("A\ttab")]
    public void Titles_and_names_stand_on_one_line(string text) =>
        Assert.Equal(["title", "area", "programme", "leadInspector.name"], Read(Valid with { Title = text, Area = text, Programme = text, LeadInspector = new(text, "ines@inspectorate.example") }).Fields());

    private static RecommendationForm One(string? text, params string[] organisations) =>
        organisations is [var only] ? new() { Text = text, OrganisationId = only } : new() { Text = text, OrganisationIds = organisations };

    private static Outcome<(Inspection Inspection, IReadOnlyList<DraftRecommendation> Drafts)> Read(InspectionForm form) =>
        form.Read(Gloucestershire.Directory, WorkingCalendar.Published, new(2017, 8, 31), Situations.On("2017-08-31").Now);
}
