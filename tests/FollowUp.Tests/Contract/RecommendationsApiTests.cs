using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

[Collection(TheContract.Name)]
public sealed class RecommendationsApiTests(Inspectorate the)
{
    [Fact]
    public async Task An_issued_recommendation_shows_what_is_owed()
    {
        var (organisation, id) = await the.RecommendationAsync();

        var read = await the.Viewer.GetAsync($"api/recommendations/{id}");

        Assert.Equal((200, "\"1\"", "awaitingResponse", organisation), (read.Status, read.ETag, read.Word("status"), read.Word("organisationId")));
        Assert.Equal(("response", "2017-09-28", "2017-09-28", "1", null), (read.Word("ask", "kind"), read.Word("ask", "dueOn"), read.Word("ask", "originalDueOn"), read.Word("ask", "version"), read.At("ask", "pausedUntil")));
        Assert.Equal((null, "[]", "[]", null), (read.At("answer"), read.At("actions")!.ToJsonString(), read.At("updates")!.ToJsonString(), read.At("review")));
    }

    [Theory]
    [InlineData("api/recommendations/nowhere-2017-08/1")]
    [InlineData("api/recommendations/nowhere-2017-08/1/events")]
    [InlineData("api/recommendations/nowhere-2017-08/1/deadline")]
    [InlineData("api/recommendations/nowhere-2017-08/1/messages")]
    [InlineData("api/recommendations/Not-An-Id/1")]
    [InlineData("api/recommendations/nowhere-2017-08/01")]
    [InlineData("api/recommendations/nowhere-2017-08/x%7Cy")]
    public async Task What_is_not_there_is_a_404_problem(string path)
    {
        var answer = await the.Viewer.GetAsync(path);

        Assert.Equal((404, true), (answer.Status, answer.IsProblem));
    }

    [Fact]
    public async Task Each_filter_takes_what_it_says_and_nothing_else()
    {
        var owner = await the.OrganisationAsync("owner");
        var (one, other) = (await the.OrganisationAsync(escalatesTo: owner), await the.OrganisationAsync());
        var form = the.Form(one, other);
        form = form with { Recommendations = [form.Recommendations![0] with { Text = "Improve the unmistakable hedgehog.", ResponseDueOn = new(2017, 9, 15) }, form.Recommendations[1]] };
        var id = (await the.Registrar.PostAsync("api/inspections", form)).Word("id");
        await the.Registrar.PostAsync($"api/inspections/{id}/issue");
        await the.Reviewer.PostAsync($"api/recommendations/{id}/2/close", new { reason = "withdrawn" });

        Assert.Equal([$"{id}/1", $"{id}/2"], await FoundAsync($"inspection={id}"));
        Assert.Equal([$"{id}/1"], await FoundAsync($"organisation={one}"));
        Assert.Equal([$"{id}/1"], await FoundAsync($"owner={owner}"));
        Assert.Equal([$"{id}/2"], await FoundAsync($"inspection={id}&status=closed"));
        Assert.Equal([$"{id}/1"], await FoundAsync($"inspection={id}&status=awaitingResponse"));
        Assert.Equal([], await FoundAsync($"inspection={id}&dueBefore=2017-09-15"));
        Assert.Equal([$"{id}/1"], await FoundAsync($"inspection={id}&dueBefore=2017-09-16"));
        Assert.Equal([$"{id}/1"], await FoundAsync("q=HEDGEHOG%20unmistakable"));
        Assert.Equal([$"{id}/1", $"{id}/2"], await FoundAsync($"q={Uri.EscapeDataString(form.Title!)}"));
        Assert.Equal([], await FoundAsync($"organisation={one}&owner={one}"));
        Assert.Contains(the.Stranger, await FoundAsync(""));
    }

    [Fact]
    public async Task A_long_list_comes_page_by_page_with_everything_once()
    {
        var organisation = await the.OrganisationAsync();
        var id = (await the.IssuedAsync([.. Enumerable.Repeat(organisation, 99)])).Split('/')[0];

        var first = await the.Viewer.GetAsync($"api/recommendations?organisation={organisation}");
        Assert.NotNull(first.At("continuation"));

        Assert.Equal(Enumerable.Range(1, 99).Select(i => $"{id}/{i}"), await FoundAsync($"organisation={organisation}"));
        var all = await FoundAsync("");
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Contains($"{id}/99", all);
    }

    [Theory]
    [InlineData("status=overdue", "status")]
    [InlineData("organisation=No%20id", "organisation")]
    [InlineData("owner=X", "owner")]
    [InlineData("inspection=_titles", "inspection")]
    [InlineData("dueBefore=28%2F09%2F2017", "dueBefore")]
    [InlineData("dueBefore=2017-09-31", "dueBefore")]
    public async Task A_filter_that_cannot_be_read_is_named(string query, string field)
    {
        var answer = await the.Viewer.GetAsync($"api/recommendations?{query}");

        Assert.Equal((422, true), (answer.Status, answer.IsProblem));
        Assert.Equal([field], answer.Fields);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("zzz|")]
    [InlineData("|rec|x")]
    [InlineData("%00")]
    public async Task A_continuation_that_nobody_gave_harms_nothing(string continuation) =>
        Assert.Equal(200, (await the.Viewer.GetAsync($"api/recommendations?continuation={continuation}")).Status);

    [Fact]
    public async Task The_deadline_is_explained_day_by_day()
    {
        var (_, id) = await the.RecommendationAsync();

        var deadline = await the.Viewer.GetAsync($"api/recommendations/{id}/deadline");

        Assert.Equal(("2017-09-28", "2017-09-28", "2017-08-31", "20"), (deadline.Word("dueOn"), deadline.Word("originalDueOn"), deadline.Word("countedFrom"), deadline.Word("workingDays")));
        var days = deadline.At("days")!.AsArray();
        Assert.Equal(28, days.Count);
        Assert.Equal(("2017-09-01", true, 1), ((string?)days[0]!["date"], (bool?)days[0]!["counted"], (int?)days[0]!["number"]));
        Assert.Equal(("2017-09-02", false, "Saturday: not a working day"), ((string?)days[1]!["date"], (bool?)days[1]!["counted"], (string?)days[1]!["reason"]));
        Assert.Equal(("2017-09-28", 20), ((string?)days[27]!["date"], (int?)days[27]!["number"]));

        // It is counted from publication still when it has been moved
        await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-12", reason = "A strike" });
        var moved = await the.Viewer.GetAsync($"api/recommendations/{id}/deadline");
        Assert.Equal(("2017-10-12", "2017-08-31", "30"), (moved.Word("dueOn"), moved.Word("countedFrom"), moved.Word("workingDays")));
    }

    [Fact]
    public async Task The_record_is_a_chain_that_anybody_can_check()
    {
        var (organisation, id) = await the.RecommendationAsync();
        await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = "2017-10-12", reason = "“More” time & <words> ÷ 日本 👩🏽‍⚖️" });
        await the.AnswerAsync(organisation, id);
        await the.Reviewer.PostAsync($"api/recommendations/{id}/review", new { judgement = "acceptable", note = "Fine.\nThank you." });
        await the.Reviewer.PostAsync($"api/recommendations/{id}/close", new { reason = "implemented" });
        await the.Reviewer.PostAsync($"api/recommendations/{id}/reopen", new { reason = "Not done", dueOn = "2017-11-30" });

        var events = (await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items;

        Assert.Equal(["issued", "extended", "answered", "reviewed", "askOpened", "closed", "reopened", "askOpened"], events.Select(e => (string)e["type"]!));
        Assert.Equal(["staff: Tom Ellery", "staff: Tom Ellery", "provider: Main Contact", "staff: Grace Adebayo"], events.Take(4).Select(e => (string)e["actor"]!));
        Assert.All(events, e => Assert.Contains((string)e["type"]!, EventTypes.All));
        var previous = "";
        foreach (var (one, seq) in events.Select((e, i) => (e, i + 1)))
        {
            Assert.Equal((seq, previous), ((int)one["seq"]!, (string)one["previousHash"]!));
            previous = (string)one["hash"]!;
            Assert.Equal(previous, HashOf(one));
        }

        Assert.DoesNotContain("@", new JsonArray([.. events.Select(e => e.DeepClone())]).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_email_about_it_is_listed_with_its_story()
    {
        var (organisation, id) = await the.RecommendationAsync();
        await the.Administrator.PostAsync("api/chase");
        await the.Service.SettleAsync();

        var message = Assert.Single((await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items);

        Assert.Equal(("notice", Inspectorate.Address(organisation, "main"), "accepted", "delivered", "2017-08-31"),
            ((string?)message["kind"], (string?)message["recipient"]!["email"], (string?)message["status"], (string?)message["delivery"], (string?)message["on"]));
        Assert.Equal(["accepted", "delivered", "processed"], message["timeline"]!.AsArray().Select(t => (string)t!["what"]!).Order());
        var kept = Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
        Assert.Equal(kept.Payload.GetProperty("subject").GetString(), (string?)message["subject"]);
        Assert.Equal([id], message["items"]!.AsArray().Select(i => (string)i!["recommendationId"]!));
    }

    private async Task<List<string>> FoundAsync(string query)
    {
        var found = new List<string>();
        string? continuation = null;
        do
        {
            var page = await the.Viewer.GetAsync($"api/recommendations?{query}&continuation={Uri.EscapeDataString(continuation ?? "")}");
            Assert.Equal(200, page.Status);
            found.AddRange(page.Items.Select(i => (string)i["id"]!));
            continuation = (string?)page.At("continuation");
        }
        while (continuation is not null);
        return found;
    }

    /// <summary>The hash as the OpenAPI document says that it is made.</summary>
    private static string HashOf(JsonNode one)
    {
        var array = new JsonArray(
            one["seq"]!.DeepClone(),
            DateTimeOffset.Parse((string)one["at"]!, null).UtcTicks,
            one["type"]!.DeepClone(),
            ((string)one["actor"]!).Split(':')[0],
            one["opId"]!.DeepClone(),
            one["data"]!.DeepClone(),
            one["personalDigest"]!.DeepClone(),
            one["previousHash"]!.DeepClone());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(array.ToJsonString(Json.Options))));
    }
}
