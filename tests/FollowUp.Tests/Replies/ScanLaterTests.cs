using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using FollowUp.Local.Mail;
using FollowUp.Tests.Evidence;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>What becomes of files whose scan comes late or not at all; the clock is moved and the scanner put off, so the service is one of its own.</summary>
public sealed class ScanLaterTests(ReplyService service) : IClassFixture<ReplyService>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await ScanAsync("on");

    [Fact]
    public async Task A_scanner_that_says_nothing_for_an_hour_is_a_task_and_stands_on_the_jobs_page()
    {
        using var at = await Progressing.StartAsync(service);
        using var staff = await StaffBrowser.SignInAsync(service.Local, "viewer");
        Assert.Contains("No file waits for it", (await staff.GetAsync("/staff/jobs")).Html, StringComparison.Ordinal);
        await ScanAsync("off");
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()));
        await at.Ann.SendWithFileAsync(page, "upload", ("photo.jpg", Files.Jpeg));
        var now = service.Local.Now;

        await MoveAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(await TasksAsync("scanSilent"));
        Assert.Contains("Waiting", await JobsAsync(), StringComparison.Ordinal);
        await MoveAsync(TimeSpan.FromMinutes(60));
        await service.Local.FireAsync("ChaseRecommendations");
        var task = Assert.Single(await TasksAsync("scanSilent"));
        Assert.Contains("report.pdf", (string?)task["why"], StringComparison.Ordinal);
        Assert.Contains("Silent", await JobsAsync(), StringComparison.Ordinal);
        Assert.Contains("2, the oldest since", await JobsAsync(), StringComparison.Ordinal);

        await ScanAsync("on");
        await service.Local.FireAsync("ChaseRecommendations");
        Assert.Contains("No file waits for it", await JobsAsync(), StringComparison.Ordinal);
        await EvidenceTests.OpensAsAttachmentAsync(at.Ann, EvidenceTests.Link(await at.Ann.OpenAsync(at.Page.Address), "report.pdf"));

        Task MoveAsync(TimeSpan after) => service.Local.MoveClockAsync(DateOnly.FromDateTime(now.DateTime), TimeOnly.FromDateTime((now + after).DateTime));
        async Task<string> JobsAsync() => (await staff.GetAsync("/staff/jobs")).Document.QuerySelectorAll(".govuk-summary-card").Single(c => c.TextContent.Contains("Virus scan", StringComparison.Ordinal)).TextContent;
    }

    [Fact]
    public async Task Whoever_sent_a_file_that_is_refused_later_is_told_and_so_are_staff_once()
    {
        using var at = await Progressing.StartAsync(service);
        await SendUnscannedAsync(at);
        await ScanAsync("on");
        for (var run = 0; run < 2; run++)
            await service.Local.FireAsync("ChaseRecommendations");

        var told = Assert.Single(service.Local.Inbox, m => IsOfRefusal(m) && m.Payload.ToString().Contains(at.Asked.Organisation, StringComparison.Ordinal));
        Assert.True(told.IsTo($"ann@{at.Asked.Organisation}.example"));
        Assert.Equal("receipt", Inspectorate.Category(told));
        Assert.Contains("virus.txt", Inspectorate.TextOf(told), StringComparison.Ordinal);
        var task = Assert.Single(await TasksAsync("evidenceRefused"), t => (string?)t["organisationId"] == at.Asked.Organisation);
        Assert.Contains("virus.txt", (string?)task["why"], StringComparison.Ordinal);
        Assert.Single((await service.ReadAsync(at.Asked, "/events")).AsArray(), e => (string?)e!["type"] == "evidenceRefused");
        using var staff = await StaffBrowser.SignInAsync(service.Local, "viewer");
        var seen = (await staff.GetAsync($"/staff/recommendations/{at.Asked.Inspection}/1")).Html;
        Assert.Contains("Evidence refused", seen, StringComparison.Ordinal);
        Assert.Contains("It was refused because the virus scan found something harmful in it", seen, StringComparison.Ordinal);
        // What people have seen of the recommendation is not stale by it
        Assert.Single((await service.ReadAsync(at.Asked))["updates"]!.AsArray());
    }

    [Fact]
    public async Task When_the_sender_is_a_contact_no_longer_the_main_contacts_are_told()
    {
        using var at = await Progressing.StartAsync(service);
        await SendUnscannedAsync(at);
        var name = at.Asked.Organisation;
        await service.SendAsync(HttpMethod.Put, "api/organisations/" + name, new { name = $"Organisation {name}", kind = "crc", contacts = new[] { new { name = "Bob Second", email = $"bob@{name}.example", role = "main" } } });
        await ScanAsync("on");
        await service.Local.FireAsync("ChaseRecommendations");

        Assert.True(Assert.Single(service.Local.Inbox, m => IsOfRefusal(m) && m.Payload.ToString().Contains(name, StringComparison.Ordinal)).IsTo($"bob@{name}.example"));
    }

    [Fact]
    public async Task A_file_of_an_organisation_that_has_the_recommendation_no_more_is_refused_too_and_staff_are_told()
    {
        using var at = await Progressing.StartAsync(service);
        var other = await service.AskAsync();
        await SendUnscannedAsync(at);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{at.Asked.Inspection}/1/verify", new { progress = "insufficient", note = "Go on." });
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{at.Asked.Inspection}/1/reassign", new { organisationId = other.Organisation, reason = "It is theirs now." });
        await ScanAsync("on");
        for (var run = 0; run < 2; run++)
            await service.Local.FireAsync("ChaseRecommendations");

        Assert.Single(await TasksAsync("evidenceRefused"), t => (string?)t["organisationId"] == other.Organisation);
        Assert.Single((await service.ReadAsync(at.Asked, "/events")).AsArray(), e => (string?)e!["type"] == "evidenceRefused");
        Assert.DoesNotContain(service.Local.Inbox, m => IsOfRefusal(m) && m.Payload.ToString().Contains(other.Organisation, StringComparison.Ordinal));
        var register = new TableClient(service.Local.StorageConnectionString, "Register");
        var files = await register.QueryAsync<TableEntity>(FollowUp.Storage.Keys.StartingWith(at.Asked.Organisation, "evd|"), cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Contains("refused", Assert.Single(files).GetString("json0"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Those_above_open_what_was_sent_and_nothing_else()
    {
        var asked = await service.AskAsync(recommendations: 2);
        using var ann = service.Visitor();
        var question = asked.Question(await ann.StartAsync(asked.Ann));
        await ann.SendAsync(await ann.SendAsync(await ann.OpenAsync(question), "continue", Typed.Agreed()), null, Typed.Declaration);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "acceptable" });
        await service.Local.SkipToAsync(new(2017, 10, 12), new(9, 30));
        var page = await ann.SendWithFileAsync(await ann.OpenAsync(question + "/progress"), "upload", ("report.pdf", Files.Pdf()));
        using var olga = service.Visitor();
        var home = await olga.StartAsync(service.LinkTo(asked.OwnerEmail));
        var above = asked.Question(home);
        var file = EvidenceTests.Link(page, "report.pdf").Split('/')[^1];

        // Not what is a draft
        Assert.Equal(HttpStatusCode.NotFound, (await olga.OpenAsync($"{above}/evidence/{file}")).Status);
        Assert.Equal("Recommendation 1", (await olga.OpenAsync(above + "/progress")).Heading);
        await ScanAsync("off");
        page = await ann.SendWithFileAsync(page, "upload", ("unscanned.jpg", Files.Jpeg));
        var unscanned = page.Document.QuerySelectorAll("input[name=files]").Select(i => i.GetAttribute("value")!).Single(id => id != file);
        await ann.SendWithFileAsync(page, "send", null, Progressing.Report);

        // What was sent, once it is scanned
        var seen = await olga.OpenAsync(above);
        await EvidenceTests.OpensAsAttachmentAsync(olga, EvidenceTests.Link(seen, "report.pdf"));
        Assert.Equal(HttpStatusCode.NotFound, (await olga.OpenAsync($"{above}/evidence/{unscanned}")).Status);
        await service.Local.SettleAsync();
        // Neither by another recommendation nor to write
        Assert.Equal(HttpStatusCode.NotFound, (await olga.OpenAsync($"{asked.Question(home, 2)}/evidence/{file}")).Status);
        var before = await service.RowsAsync();
        var token = (await olga.OpenAsync(home + "/colleague")).Fields["__RequestVerificationToken"];
        Assert.Equal("Recommendation 1", (await olga.PostAsync(above + "/progress", [("do", "remove:" + file), ("text", "Not hers to send"), ("__RequestVerificationToken", token)])).Heading);
        Assert.Equal(before, await service.RowsAsync());
        await service.SendAsync(HttpMethod.Post, $"api/organisations/{asked.Organisation}/links/{home.Split('/')[^1]}/revoke", null);
        Assert.Equal(HttpStatusCode.NotFound, (await olga.OpenAsync($"{above}/evidence/{file}")).Status);
    }

    [Theory]
    [InlineData("evd|")]
    [InlineData("lnk|")]
    [InlineData("cal|")]
    [InlineData("tsk|")]
    public async Task A_row_that_cannot_be_read_is_a_task_and_stops_neither_the_sweep_nor_the_jobs_page(string prefix)
    {
        using var at = await Progressing.StartAsync(service);
        await ScanAsync("off");
        await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()));
        var home = string.Join('/', at.Page.Address.Split('/').Take(4));
        await at.Ann.SendAsync(await at.Ann.OpenAsync(home + "/calendar"), "make");
        await at.Ann.SendAsync(await at.Ann.OpenAsync(home + "/colleague"), null, ("Name", "Cleo New"), ("Email", "cleo@else.example"), ("Change", "beside"), ("Role", "second"));
        var register = new TableClient(service.Local.StorageConnectionString, "Register");
        var row = await register.QueryAsync<TableEntity>(FollowUp.Storage.Keys.StartingWith(at.Asked.Organisation, prefix), cancellationToken: TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken);
        row["json0"] = "{";
        await register.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        try
        {
            // The sweep says that it failed, does the rest, and tells staff
            await Assert.ThrowsAsync<InvalidOperationException>(() => service.Local.FireAsync("SweepRegister"));
            Assert.Single(await TasksAsync("unreadableRow"), t => (string?)t["organisationId"] == at.Asked.Organisation);
            using var staff = await StaffBrowser.SignInAsync(service.Local, "viewer");
            var jobs = await staff.GetAsync("/staff/jobs");
            Assert.Equal(HttpStatusCode.OK, jobs.Status);
            Assert.Contains(row.RowKey, jobs.Html, StringComparison.Ordinal);
        }
        finally
        {
            await register.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private static bool IsOfRefusal(KeptMessage message) => message.Payload.ToString().Contains("A file was refused", StringComparison.Ordinal);

    private async Task SendUnscannedAsync(Progressing at)
    {
        await ScanAsync("off");
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("virus.txt", Files.Eicar));
        Assert.Equal("Report received", (await at.Ann.SendWithFileAsync(page, "send", null, Progressing.Report)).Heading);
        await service.Local.SettleAsync();
    }

    private async Task<IReadOnlyList<JsonNode>> TasksAsync(string kind) =>
        [.. (await (await service.Local.ApiAsync("viewer")).GetFromJsonAsync<JsonNode>("api/tasks", TestContext.Current.CancellationToken))!.AsArray().Where(t => (string?)t!["kind"] == kind)!];

    private async Task ScanAsync(string scan)
    {
        using var console = service.Local.ConsoleClient();
        using var wish = new StringContent($$"""{"scan":"{{scan}}"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.True((await console.PostAsync(new Uri("faults", UriKind.Relative), wish, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }
}
