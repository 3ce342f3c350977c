using FollowUp.Recommendations;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

[Collection(TheContract.Name)]
public sealed class DescriptionTests(Inspectorate the)
{
    [Fact]
    public async Task The_OpenAPI_document_lists_the_statuses_and_the_types_of_events()
    {
        var document = await the.Nobody.GetAsync("openapi/v1.json");

        Assert.Equal(200, document.Status);
        foreach (var status in new[] { "draft", "awaitingResponse", "responded", "inProgress", "reportedComplete", "closed" })
            Assert.Contains($"\"{status}\"", document.Text, StringComparison.Ordinal);
        foreach (var word in new[] { "acceptableAlternative", "insufficient", "notImplemented", "partlyAgreed" })
            Assert.Contains(word, document.Text, StringComparison.Ordinal);
        Assert.All(EventTypes.All, type => Assert.Contains(type, document.Word("info", "description"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_every_route_of_the_API_and_nothing_else()
    {
        var paths = (await the.Nobody.GetAsync("openapi/v1.json")).At("paths")!.AsObject();

        var described = paths.SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key.TrimStart('/')}")).Order();
        Assert.Equal(FollowUp.Access.AccessRules.All.Where(r => r.Pattern.StartsWith("api", StringComparison.Ordinal)).Select(r => $"{r.Methods} {r.Pattern}").Order(), described);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task The_service_says_that_it_lives(string method) =>
        Assert.Equal(200, (await the.Nobody.SendAsync(new HttpMethod(method), "health")).Status);

    [Fact]
    public async Task The_outlook_says_what_will_be_sent_to_whom_and_when()
    {
        var (organisation, id) = await the.RecommendationAsync();

        var outlook = (await the.Viewer.GetAsync("api/outlook?days=100")).Items.Where(o => (string?)o["organisationId"] == organisation).ToList();

        Assert.Equal(
            ["2017-08-31 Notice", "2017-09-14 First reminder", "2017-09-21 Second reminder", "2017-09-27 Last call", "2017-09-29 Overdue", "2017-10-05 Overdue, to the director", "2017-10-12 Escalation", "2017-10-26 Second escalation", "2017-11-09 Third escalation", "2017-11-23 Last escalation"],
            outlook.Select(o => $"{o["on"]} {o["step"]}"));
        Assert.All(outlook, o => Assert.Equal([id], o["recommendationIds"]!.AsArray().Select(r => (string)r!)));
        Assert.Equal([Inspectorate.Address(organisation, "main"), Inspectorate.Address(organisation, "second")], outlook[3]["recipients"]!.AsArray().Select(r => (string)r!["email"]!));
        Assert.DoesNotContain((await the.Viewer.GetAsync("api/outlook")).Items, o => string.CompareOrdinal((string)o["on"]!, "2017-09-30") > 0);
    }

    [Fact]
    public async Task The_chase_says_what_it_has_planned_and_sent_and_again_finds_nothing()
    {
        await the.RecommendationAsync();

        var first = await the.Administrator.PostAsync("api/chase");
        await the.Service.SettleAsync();
        var again = await the.Administrator.PostAsync("api/chase");

        Assert.Equal(200, first.Status);
        Assert.True((int)first.At("planned")! >= 1);
        Assert.True((int)first.At("sent")! >= 1);
        Assert.Equal("""{"planned":0,"sent":0,"held":0}""", again.Text);
    }
}
