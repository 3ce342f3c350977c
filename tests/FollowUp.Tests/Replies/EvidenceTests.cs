using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FollowUp.Evidence;
using FollowUp.Local.Front;
using FollowUp.Tests.Evidence;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>Files that come with a report: taken, scanned, shown, sent, opened.</summary>
public sealed class EvidenceTests(ReplyService service) : IClassFixture<ReplyService>
{
    [Fact]
    public async Task A_file_is_uploaded_without_losing_what_was_typed_and_goes_with_the_report()
    {
        using var at = await Progressing.StartAsync(service);
        var uploaded = await at.Ann.SendWithFileAsync(at.Page, "upload", ("Rhaglen – May \u201cfinal\u201d.pdf", Files.Pdf()), ("text", "Half of it is done"), ("name", "Ann First"));
        Assert.Equal("Half of it is done", uploaded.Fields["text"]);
        Assert.Contains("Rhaglen – May \u201cfinal\u201d.pdf", uploaded.Document.QuerySelector("#report .govuk-summary-list")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Scanned", uploaded.Html, StringComparison.Ordinal);

        var two = await at.Ann.SendWithFileAsync(uploaded, "upload", ("photo.jpg", Files.Jpeg));
        var unsent = Link(two, "photo.jpg");
        var one = await at.Ann.SendWithFileAsync(two, two.Document.QuerySelectorAll("button[value^=remove]")[1].GetAttribute("value")!);
        Assert.DoesNotContain("photo.jpg", one.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await at.Ann.OpenAsync(unsent)).Status);

        var receipt = await at.Ann.SendWithFileAsync(one, "send", null, Progressing.Report);
        Assert.Equal("Report received", receipt.Heading);
        var evidence = (await service.ReadAsync(at.Asked))["updates"]![0]!["evidence"]!.AsArray();
        Assert.Equal("Rhaglen – May \u201cfinal\u201d.pdf", (string?)Assert.Single(evidence)!["name"]);
        Assert.Equal("pdf", (string?)evidence[0]!["kind"]);
        await service.Local.SettleAsync();
        Assert.Contains("Rhaglen – May \u201cfinal\u201d.pdf", Inspectorate.TextOf(service.Local.Inbox.Last(m => m.IsTo($"ann@{at.Asked.Organisation}.example"))), StringComparison.Ordinal);

        await OpensAsAttachmentAsync(at.Ann, Link(receipt, "Rhaglen"));
        using var bob = service.Visitor();
        var bobsHome = await bob.StartAsync(at.Asked.Bob);
        await OpensAsAttachmentAsync(bob, Link(await bob.OpenAsync(at.Asked.Question(bobsHome)), "Rhaglen"));
    }

    [Fact]
    public async Task The_tick_of_the_declaration_is_kept_over_every_button_for_whoever_ticked_it()
    {
        using var at = await Progressing.StartAsync(service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()), ("declared", "true"), ("name", "Ann First"));
        Assert.Equal("true", page.Fields["declared"]);
        page = await at.Ann.SendWithFileAsync(page, "upload", ("virus.txt", Files.Eicar));
        Assert.NotEmpty(page.Errors);
        Assert.Equal("true", page.Fields["declared"]);
        page = await at.Ann.SendWithFileAsync(page, page.Document.QuerySelector("button[value^=remove]")!.GetAttribute("value")!);
        Assert.Equal("true", page.Fields["declared"]);
        await at.Ann.SendWithFileAsync(page, "save");
        Assert.Equal("true", (await at.Ann.OpenAsync(at.Page.Address)).Fields["declared"]);

        // Bob goes on with her text, and signs and declares for himself
        using var bob = service.Visitor();
        var bobs = await bob.OpenAsync(at.Asked.Question(await bob.StartAsync(at.Asked.Bob)) + "/progress");
        Assert.Equal("", bobs.Fields["name"]);
        Assert.DoesNotContain("declared", bobs.Fields.Keys);
    }

    [Fact]
    public async Task Only_the_organisation_itself_and_staff_open_a_file()
    {
        using var at = await Progressing.StartAsync(service);
        using var other = await Progressing.StartAsync(service);
        var uploaded = await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()));
        var id = Link(uploaded, "report.pdf").Split('/')[^1];

        // Another organisation's link, with its own recommendation and with this one
        Assert.Equal(HttpStatusCode.NotFound, (await other.Ann.OpenAsync($"{other.Question}/evidence/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Ann.OpenAsync(other.Question.Replace(other.Asked.Inspection, at.Asked.Inspection, StringComparison.Ordinal) + $"/evidence/{id}")).Status);
        using var stranger = service.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"{at.Question}/evidence/{id}")).Status);
        foreach (var strange in new[] { "x", "..%2F..", new string('0', 32), id.ToUpperInvariant() + "0", id + "|", "%00" })
            Assert.True((int)(await at.Ann.OpenAsync($"{at.Question}/evidence/{strange}")).Status is 404 or 400, strange);

        // Staff see what was sent, and nothing before
        using var staff = await service.Local.ApiAsync("viewer");
        var path = $"staff/recommendations/{at.Asked.Inspection}/1/evidence/{id}";
        Assert.Equal(HttpStatusCode.NotFound, (await SignedInAsync(path)).StatusCode);
        await at.Ann.SendWithFileAsync(uploaded, "send", null, Progressing.Report);
        using var given = await SignedInAsync(path);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal(Files.Pdf(), await given.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var anonymous = service.Local.Anonymous();
        Assert.Equal(HttpStatusCode.Redirect, (await anonymous.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);

        async Task<HttpResponseMessage> SignedInAsync(string address) => await staff.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_refused_file_leaves_its_reason_at_the_field_and_everything_typed()
    {
        using var at = await Progressing.StartAsync(service);
        (string Name, byte[] Content, string Reason)[] bad =
        [
            ("", [], "Choose a file to upload"),
            ("virus.txt", Files.Eicar, "The virus scan found something harmful in the file. It was not kept"),
            ("virus.docx", Files.Office(Files.Word, ("word/media/x.png", Files.Eicar)), "The virus scan found something harmful in the file. It was not kept"),
            ("report.svg", Files.Text("<svg/>"), "Save the image as PNG or JPEG, then upload it again"),
            ("re\"port.pdf", Files.Pdf(), "The file’s name must not contain any of / \\ : * ? \" < > |. Rename the file, then upload it again"),
            ("..\\report.pdf", Files.Pdf(), "The file’s name must not contain any of / \\ : * ? \" < > |. Rename the file, then upload it again"),
            ("report\0.pdf", Files.Pdf(), "The file’s name contains characters that cannot be seen. Rename the file, then upload it again"),
            ("report\u202Efdp.pdf", Files.Pdf(), "The file’s name contains characters that cannot be seen. Rename the file, then upload it again"),
            (new string('x', 300) + ".pdf", Files.Pdf(), "The file’s name must be 150 characters or fewer; it has 304. Rename the file, then upload it again"),
            ("large.txt", Large(10 * 1024 * 1024 + 1), "The file must be 10 MB or smaller"),
            ("larger.txt", Large(30 * 1024 * 1024), "The file must be 10 MB or smaller"),
        ];
        var page = at.Page;
        foreach (var (name, content, reason) in bad)
        {
            page = await at.Ann.SendWithFileAsync(page, "upload", (name, content), ("text", "Typed before " + reason.Length));
            Assert.Equal([reason], page.Errors);
            Assert.Equal("Typed before " + reason.Length, page.Fields["text"]);
            Assert.Equal("#file", page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href"));
        }

        Assert.Empty(await RowsAsync(at));
        Assert.Empty((await at.Ann.OpenAsync(at.Page.Address)).Document.QuerySelectorAll("#report .govuk-summary-list"));
    }

    [Fact]
    public async Task A_document_from_a_template_is_taken_and_a_PDF_with_a_password_is_refused_with_what_to_do()
    {
        using var at = await Progressing.StartAsync(service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("Our report.docx", Everyday.FromTemplate(@"file:///C:\Users\ann\Templates\Letter.dotx")), ("text", "Half of it is done"));
        Assert.Empty(page.Errors);
        Assert.Contains("Scanned", page.Html, StringComparison.Ordinal);

        page = await at.Ann.SendWithFileAsync(page, "upload", ("Minutes.pdf", Everyday.Encrypted()));
        Assert.Equal(["The PDF is protected by a password, or against printing or changes, so that it cannot be checked. Save it as a PDF without protection and upload that"], page.Errors);
        Assert.Equal("Half of it is done", page.Fields["text"]);
        Assert.Equal("Our report.docx", (string?)Assert.Single(await RowsAsync(at))["file"]!["name"]);
    }

    [Fact]
    public async Task Nobody_opens_a_file_before_the_scanner_has_answered_and_it_is_asked_until_it_does()
    {
        using var at = await Progressing.StartAsync(service);
        await FaultAsync("off");
        try
        {
            var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()));
            page = await at.Ann.SendWithFileAsync(page, "upload", ("virus.txt", Files.Eicar));
            Assert.Equal(2, page.Document.QuerySelectorAll(".govuk-tag--yellow").Count(t => t.TextContent.Contains("Being scanned", StringComparison.Ordinal)));
            var ids = page.Document.QuerySelectorAll("input[name=files]").Select(i => i.GetAttribute("value")!).ToList();
            Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
            var receipt = await at.Ann.SendWithFileAsync(page, "send", null, Progressing.Report);
            Assert.Contains("Being scanned", receipt.Html, StringComparison.Ordinal);
            await service.Local.FireAsync("ChaseRecommendations");
            foreach (var id in ids)
                Assert.Equal(HttpStatusCode.NotFound, (await at.Ann.OpenAsync($"{at.Question}/evidence/{id}")).Status);

            await FaultAsync("on");
            await service.Local.FireAsync("ChaseRecommendations");
            var later = await at.Ann.OpenAsync(receipt.Address);
            await OpensAsAttachmentAsync(at.Ann, Link(later, "report.pdf"));
            Assert.Contains("It was refused because the virus scan found something harmful in it", later.Html, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await at.Ann.OpenAsync($"{at.Question}/evidence/{ids[1]}")).Status);

            var blobs = new BlobServiceClient(service.Local.StorageConnectionString).GetBlobContainerClient("evidence");
            var kept = (await RowsAsync(at)).Where(r => r["sentAt"] is not null).ToDictionary(r => (string)r["file"]!["name"]!, r => (string)r["blob"]!);
            Assert.True(await blobs.GetBlobClient(kept["report.pdf"]).ExistsAsync(TestContext.Current.CancellationToken));
            Assert.False(await blobs.GetBlobClient(kept["virus.txt"]).ExistsAsync(TestContext.Current.CancellationToken));
            Assert.Matches("^[0-9a-f]{64}$", kept["report.pdf"]);
        }
        finally
        {
            await FaultAsync("on");
        }
    }

    [Fact]
    public async Task The_same_file_twice_is_one_and_the_twenty_first_is_refused_and_a_file_nobody_saw_is_not_sent()
    {
        using var at = await Progressing.StartAsync(service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("figures.csv", Files.Text("a,b\n1,2\n")), Progressing.Report);
        page = await at.Ann.SendWithFileAsync(page, "upload", ("figures.csv", Files.Text("a,b\n1,2\n")));
        Assert.Single(await RowsAsync(at));

        // In another tab a file comes that this page does not show: nothing is sent unseen
        await at.Ann.SendWithFileAsync(page, "upload", ("figures 2.csv", Files.Text("a,b\n2,2\n")));
        var stale = await at.Ann.SendWithFileAsync(page, "send", null, ("declared", "true"));
        Assert.Equal(["Files were added or removed after you opened this page. Check the list of files, then send again"], stale.Errors);
        page = stale;
        for (var i = 3; i <= 20; i++)
            page = await at.Ann.SendWithFileAsync(page, "upload", ($"figures {i}.csv", Files.Text($"a,b\n{i},2\n")));
        Assert.Null(page.Document.QuerySelector("input[type=file]"));
        var tooMany = await at.Ann.SendWithFileAsync(page, "upload", ("figures 21.csv", Files.Text("a,b\n21,2\n")));
        Assert.Equal(["You can send 20 files with a report. Remove one before you upload another"], tooMany.Errors);
    }

    [Fact]
    public async Task A_file_that_was_chosen_goes_with_the_report_without_pressing_upload()
    {
        using var at = await Progressing.StartAsync(service);
        var receipt = await at.Ann.SendWithFileAsync(at.Page, "send", ("notes.txt", Files.Text("Done.")), Progressing.Report);

        Assert.Equal("Report received", receipt.Heading);
        Assert.Equal("notes.txt", Link(receipt, "notes.txt") is { } address ? (await at.Ann.FetchAsync(address)).Content.Headers.ContentDisposition!.FileNameStar : null);
    }

    [Fact]
    public async Task The_sweep_takes_away_what_was_never_sent_and_leaves_what_was()
    {
        using var at = await Progressing.StartAsync(service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("sent.txt", Files.Text("Sent.")));
        await at.Ann.SendWithFileAsync(page, "send", null, Progressing.Report);
        using var late = await Progressing.StartAsync(service);
        await late.Ann.SendWithFileAsync(late.Page, "upload", ("unsent.txt", Files.Text("Unsent.")));
        await AgeAsync(at, days: 400);
        await AgeAsync(late, days: 400);

        await service.Local.FireAsync("SweepRegister");

        Assert.Single(await RowsAsync(at));
        Assert.Empty(await RowsAsync(late));
        var blobs = new BlobServiceClient(service.Local.StorageConnectionString).GetBlobContainerClient("evidence");
        Assert.True(await blobs.GetBlobClient((string)(await RowsAsync(at))[0]["blob"]!).ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Twenty_presses_of_the_same_button_make_one_report_with_its_file()
    {
        using var at = await Progressing.StartAsync(service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()));
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => at.Ann.SendWithFileAsync(page, "send", null, Progressing.Report)));

        Assert.All(sent, s => Assert.Equal(HttpStatusCode.OK, s.Status));
        var update = Assert.Single((await service.ReadAsync(at.Asked))["updates"]!.AsArray());
        Assert.Single(update!["evidence"]!.AsArray());
    }

    [Fact]
    public async Task The_verdict_of_Defender_for_Storage_is_read_from_the_blob()
    {
        var stop = TestContext.Current.CancellationToken;
        var container = new BlobServiceClient(service.Local.StorageConnectionString).GetBlobContainerClient("evidence");
        var blobs = new FileBlobs(new FollowUp.Storage.Store(new TableServiceClient(service.Local.StorageConnectionString), new QueueServiceClient(service.Local.StorageConnectionString), new BlobServiceClient(service.Local.StorageConnectionString)));
        var scanner = new DefenderScanner(blobs);
        var name = FileBlobs.NewName();
        Assert.Equal(Verdict.NotYet, await LookAsync());
        await blobs.WriteAsync(name, Files.Pdf(), stop);
        Assert.Equal(Verdict.NotYet, await LookAsync());
        foreach (var (said, verdict) in new[] { ("No threats found", Verdict.Clean), ("Malicious", Verdict.Malicious), ("Error", Verdict.NotYet), ("Not Scanned", Verdict.NotYet) })
        {
            await container.GetBlobClient(name).SetTagsAsync(new Dictionary<string, string> { ["Malware Scanning scan result"] = said, ["Malware Scanning scan time UTC"] = "2026-11-22 10:00:00Z" }, cancellationToken: stop);
            Assert.Equal(verdict, await LookAsync());
        }

        Task<Verdict> LookAsync() => scanner.LookAsync(name, () => throw new InvalidOperationException("Defender looks for itself"), stop);
    }

    internal static async Task OpensAsAttachmentAsync(Visitor visitor, string address)
    {
        using var given = await visitor.FetchAsync(address);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal("attachment", given.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/pdf", given.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", given.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox; default-src 'none'", given.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", given.Headers.CacheControl!.ToString());
        Assert.Equal(Files.Pdf(), await given.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    internal static string Link(Seen page, string name) =>
        page.Document.QuerySelectorAll("a[href*='/evidence/']").First(a => a.TextContent.Contains(name, StringComparison.Ordinal)).GetAttribute("href")!;

    internal static byte[] Large(int bytes)
    {
        var content = new byte[bytes];
        Array.Fill(content, (byte)'x');
        return content;
    }

    private async Task FaultAsync(string scan)
    {
        using var console = service.Local.ConsoleClient();
        using var wish = new StringContent($$"""{"scan":"{{scan}}"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.True((await console.PostAsync(new Uri("faults", UriKind.Relative), wish, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
    }

    private async Task<List<JsonNode>> RowsAsync(Progressing at) => [.. (await EntitiesAsync(at)).Select(e => JsonNode.Parse(e.GetString("json0"))!)];

    private async Task<List<TableEntity>> EntitiesAsync(Progressing at)
    {
        var register = new TableClient(service.Local.StorageConnectionString, "Register");
        return await register.QueryAsync<TableEntity>(FollowUp.Storage.Keys.StartingWith(at.Asked.Organisation, "evd|"), cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task AgeAsync(Progressing at, int days)
    {
        var register = new TableClient(service.Local.StorageConnectionString, "Register");
        foreach (var entity in await EntitiesAsync(at))
        {
            var file = JsonNode.Parse(entity.GetString("json0"))!;
            file["uploadedAt"] = service.Local.Now.AddDays(-days).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            entity["json0"] = file.ToJsonString();
            await register.UpdateEntityAsync(entity, entity.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
        }
    }
}

/// <summary>The other way in which the Functions host hands a request on.</summary>
public sealed class EvidenceForwardedTests : IAsyncLifetime
{
    private readonly ReplyService _service = new();

    public async ValueTask InitializeAsync() => await _service.Local.StartAsync(options => options with { HttpMode = HttpMode.Forwarding });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Files_come_and_go_in_forwarding_mode_too_up_to_the_limit_and_not_beyond()
    {
        using var at = await Progressing.StartAsync(_service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("largest.txt", EvidenceTests.Large(10 * 1024 * 1024)), ("text", "Kept"));
        Assert.Empty(page.Errors);
        page = await at.Ann.SendWithFileAsync(page, "upload", ("too large.txt", EvidenceTests.Large(10 * 1024 * 1024 + 1)));
        Assert.Equal(["The file must be 10 MB or smaller"], page.Errors);
        Assert.Equal("Kept", page.Fields["text"]);
        page = await at.Ann.SendWithFileAsync(page, "upload", ("Rhaglen – “final”.pdf", Files.Pdf()));
        await EvidenceTests.OpensAsAttachmentAsync(at.Ann, EvidenceTests.Link(page, "Rhaglen"));
        using var largest = await at.Ann.FetchAsync(EvidenceTests.Link(page, "largest.txt"));
        Assert.Equal(10 * 1024 * 1024, (await largest.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }
}
