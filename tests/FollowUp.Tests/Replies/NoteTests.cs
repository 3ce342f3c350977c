using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>What comes after closure.</summary>
[Collection(ReplyCollection.Name)]
public sealed class NoteTests(ReplyService service)
{
    private static readonly (string, string?)[] Filled = [("Text", "The last officer started.\nAll is done."), ("Name", "Ann First"), ("Role", "Head of Service")];

    [Fact]
    public async Task A_note_on_a_closed_recommendation_is_recorded_receipted_and_put_before_staff_once()
    {
        var (asked, ann, address) = await ClosedAsync();
        using var _ = ann;
        Assert.Contains("send a note to the inspectorate", (await ann.OpenAsync(address)).Html, StringComparison.Ordinal);
        var form = await ann.OpenAsync(address + "/note");
        Assert.Equal(["Enter your note", "Enter your full name", "Enter your job title"], (await ann.SendAsync(form)).Errors);
        var kept = await ann.SendAsync(form, null, ("Text", "Only this"));
        Assert.Equal("Only this", kept.Fields["Text"]);

        var pages = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ann.SendAsync(form, null, Filled)));
        await service.Local.SettleAsync();
        Assert.All(pages, page => Assert.Contains("The last officer started.", page.Html, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("We have your note", page.Document.QuerySelector(".govuk-notification-banner--success")!.TextContent, StringComparison.Ordinal));
        // Only whoever has sent something is told so
        Assert.Null((await ann.OpenAsync(address + "?sent=" + new string('0', 32))).Document.QuerySelector(".govuk-notification-banner--success"));
        Assert.Single((await service.ReadAsync(asked, "/events")).AsArray(), e => (string?)e!["type"] == "noteReceived");
        Assert.Equal("closed", (string?)(await service.ReadAsync(asked))["status"]);
        foreach (var who in new[] { "ann", "bob" })
            Assert.Contains("The last officer started.", Inspectorate.TextOf(Assert.Single(service.Local.Inbox, m => m.IsTo($"{who}@{asked.Organisation}.example") && Inspectorate.Category(m) == "receipt")), StringComparison.Ordinal);
        var tasks = await (await service.Local.ApiAsync("viewer")).GetFromJsonAsync<JsonNode>("api/tasks", TestContext.Current.CancellationToken);
        Assert.Single(tasks!.AsArray(), t => (string?)t!["kind"] == "noteReceived" && (string?)t["organisationId"] == asked.Organisation);
    }

    [Fact]
    public async Task There_are_no_notes_while_it_is_open_and_ten_a_day_at_most()
    {
        var (asked, ann, address) = await ClosedAsync();
        using var _ = ann;
        for (var n = 0; n < 10; n++)
            Assert.Equal(HttpStatusCode.OK, (await ann.SendAsync(await ann.OpenAsync(address + "/note"), null, Filled)).Status);
        Assert.StartsWith("So many notes came today", Assert.Single((await ann.SendAsync(await ann.OpenAsync(address + "/note"), null, Filled)).Errors), StringComparison.Ordinal);

        var form = await ann.OpenAsync(address + "/note");
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/reopen", new { reason = "It came back.", dueOn = "2017-12-20" });
        Assert.Equal("Recommendation 1", (await ann.OpenAsync(address + "/note")).Heading);
        Assert.Contains("Send a note", (await ann.SendAsync(form, null, Filled)).Heading, StringComparison.Ordinal);
        Assert.Equal(10, (await service.ReadAsync(asked, "/events")).AsArray().Count(e => (string?)e!["type"] == "noteReceived"));
    }

    private async Task<(Asked, Visitor, string Address)> ClosedAsync()
    {
        var asked = await service.AskAsync();
        var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded" });
        return (asked, ann, asked.Question(home));
    }
}
