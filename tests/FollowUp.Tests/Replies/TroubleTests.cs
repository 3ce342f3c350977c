using System.Net;
using FollowUp.Local.Azurite;
using FollowUp.Tests.Evidence;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>What goes wrong while somebody sends a form: storage is out of reach, others write at the same time, the service dies.</summary>
public sealed class TroubleTests(Browser browser) : IAsyncLifetime
{
    private readonly ServiceTap _tap = new();
    private ReplyService _service = null!;

    public ValueTask InitializeAsync()
    {
        _service = new ReplyService { Options = options => options with { Tap = _tap } };
        return _service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task What_was_typed_is_still_there_when_storage_is_out_of_reach_and_is_sent_once_it_is_back()
    {
        var (asked, ann, question) = await OpenAsync();
        using var _ = ann;
        var kept = await AwayAsync(() => ann.SendAsync(question, "continue", Typed.Agreed("A long text that took an hour")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Try again in a few minutes"), (kept.Status, kept.Heading));
        Assert.Contains("A long text that took an hour", kept.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        // While it lasts, pressing on changes nothing
        kept = await AwayAsync(() => ann.SendAsync(kept));
        var check = await ann.SendAsync(kept);
        Assert.Equal("Check your answer", check.Heading);
        Assert.Contains("A long text that took an hour", check.Html, StringComparison.Ordinal);

        var time = await ann.OpenAsync(question.Address + "/more-time");
        var asking = await AwayAsync(() => ann.SendAsync(time, null, ("DueOn.Day", "20"), ("DueOn.Month", "10"), ("DueOn.Year", "2017"), ("Reason", "The director is away."), ("Name", "Ann First"), ("Role", "Head of Service")));
        Assert.Contains("We have your request", (await ann.SendAsync(asking)).Html, StringComparison.Ordinal);

        kept = await AwayAsync(() => ann.SendAsync(check, null, Typed.Declaration));
        Assert.Contains("Head of Service", kept.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Answer received", (await ann.SendAsync(kept)).Heading);
        Assert.Equal(1, await _service.AnsweredEventsAsync(asked));

        // What nobody typed is not kept, and another site's form shows nothing
        Assert.StartsWith("Sorry", (await AwayAsync(() => ann.SendAsync(question, "continue", [.. question.Fields.Keys.Where(k => k != "__RequestVerificationToken").Select(k => (k, (string?)null))]))).Heading, StringComparison.Ordinal);
        var foreign = await AwayAsync(() => ann.PostAsync(question.Address, [("whyNot", "Somebody else's words")], ("Sec-Fetch-Site", "cross-site")));
        Assert.DoesNotContain("Somebody else", foreign.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_typed_is_still_there_when_storage_is_out_of_reach_and_is_sent_once_it_is_back()
    {
        var asked = await _service.AskAsync();
        using var staff = await Contract.AccessTests.VisitorAsync(_service.Local, "reviewer");
        var form = await staff.OpenAsync($"/staff/recommendations/{asked.Inspection}/1/extend");

        var kept = await AwayAsync(() => staff.SendAsync(form, null, ("DueOn.Day", "12"), ("DueOn.Month", "10"), ("DueOn.Year", "2017"), ("Reason", "Typed for an hour")));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Try again in a few minutes"), (kept.Status, kept.Heading));
        Assert.Contains("Typed for an hour", kept.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(form.Address.Replace("/extend", "", StringComparison.Ordinal), (await staff.SendAsync(kept)).Address);
        Assert.Equal("2017-10-12", (string?)(await _service.ReadAsync(asked))["ask"]!["dueOn"]);
    }

    [Fact]
    public async Task A_transaction_of_issuing_that_is_lost_to_another_is_looked_at_again()
    {
        var asked = await _service.AskAsync();
        var draft = await _service.SendAsync(HttpMethod.Post, "api/inspections", new
        {
            title = $"A second inspection of {asked.Organisation}",
            area = asked.Organisation,
            programme = "Quality & Impact",
            publishedOn = "2017-08-31",
            leadInspector = new { name = "Ines Lead", email = "ines@inspectorate.example" },
            recommendations = new[] { new { organisationId = asked.Organisation, text = "The organisation should do more." } },
        });
        var lost = 0;
        _tap.Instead = request => Writes(request, "rec|") && request.Body.Contains("evt|", StringComparison.Ordinal) && lost++ < 2 ? 409 : null;

        var issued = await _service.SendAsync(HttpMethod.Post, $"api/inspections/{draft!["id"]}/issue", null);
        _tap.Instead = _ => null;

        Assert.Equal(("issued", 3), ((string?)issued!["stage"], lost));
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 320)]
    [InlineData(true, 320)]
    public async Task The_page_that_keeps_what_was_typed_is_open_to_everybody(bool scripts, int width)
    {
        var asked = await _service.AskAsync();
        var page = await browser.NewPageAsync(scripts, width);
        await page.GotoAsync(new Uri(_service.Local.BaseAddress, asked.Ann).AbsoluteUri);
        await page.GetByLabel("Email address that the email was sent to").FillAsync($"ann@{asked.Organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByLabel("What will you do?").FillAsync("Recruit four officers " + new string('x', 200));
        _tap.Instead = request => request.To == "Table" ? 503 : null;
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and finish later" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Try again in a few minutes", new() { Timeout = 60_000 });
        await Barriers.CheckAsync(page, scripts);
        _tap.Instead = _ => null;
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your recommendations");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_report_is_kept_too_but_for_its_file()
    {
        using var at = await Progressing.StartAsync(_service);
        var kept = await AwayAsync(() => at.Ann.SendWithFileAsync(at.Page, "send", ("figures.csv", Files.Text("a,b\n1,2\n")), Progressing.Report));
        Assert.Equal("Try again in a few minutes", kept.Heading);
        Assert.Contains("The file that you chose could not be kept", kept.Html, StringComparison.Ordinal);
        var back = await at.Ann.SendAsync(kept);
        Assert.Equal(["Choose the file again: it could not be kept"], back.Errors);
        Assert.Equal("Four have started", back.Fields["text"]);
        Assert.Equal("Report received", (await at.Ann.SendWithFileAsync(back, "send", ("figures.csv", Files.Text("a,b\n1,2\n")))).Heading);
    }

    [Fact]
    public async Task Whoever_is_refused_because_others_are_writing_is_told_so_and_can_try_again()
    {
        var (asked, ann, question) = await OpenAsync();
        using var _ = ann;
        var check = await ann.SendAsync(question, "continue", Typed.Agreed());
        var refused = await LostAsync("answered", () => ann.SendAsync(check, null, Typed.Declaration));
        Assert.Equal(("Check your answer", "Ann First"), (refused.Heading, refused.Fields["name"]));
        Assert.Equal(["Others are changing this recommendation just now. Try again in a moment."], refused.Errors);
        Assert.Equal("Answer received", (await ann.SendAsync(refused, null, Typed.Declaration)).Heading);

        await _service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "acceptable" });
        var report = await ann.OpenAsync(question.Address + "/progress");
        var again = await LostAsync("updated", () => ann.SendWithFileAsync(report, "send", null, Progressing.Report));
        Assert.Equal(["Others are changing this recommendation just now. Try again in a moment."], again.Errors);
        Assert.Equal("Four have started", again.Fields["text"]);
        Assert.Equal("Report received", (await ann.SendWithFileAsync(again, "send")).Heading);
    }

    [Fact]
    public async Task A_text_that_came_too_late_and_could_not_be_saved_is_kept_on_the_page()
    {
        var (asked, ann, question) = await OpenAsync();
        using var _ = ann;
        using var bob = _service.Visitor();
        var bobs = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));
        await bob.SendAsync(await bob.SendAsync(bobs, "continue", Typed.Agreed("Bob's step")), null, Typed.Declaration);

        var kept = await LostAsync("draft|", () => ann.SendAsync(question, "continue", Typed.Agreed("Ann's step")));
        Assert.Equal((HttpStatusCode.Conflict, "Try again in a few minutes"), (kept.Status, kept.Heading));
        Assert.Contains("Ann's step", kept.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var late = await ann.SendAsync(kept);
        Assert.Equal("Recommendation 1: not everything was sent", late.Heading);
        Assert.Contains("Ann's step", late.Document.QuerySelector(".govuk-notification-banner")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_sent_is_not_said_to_be_unsent_when_the_service_died_right_after(bool agreed)
    {
        var (asked, ann, question) = await OpenAsync();
        using var _ = ann;
        (string, string?)[] typed = agreed ? [.. Typed.Agreed("  Recruit four officers  "), ("whyNot", "Typed before I thought better of it")] : [("position", "NotAgreed"), ("whyNot", " Out of scope ")];
        var check = await ann.SendAsync(question, "continue", typed);
        await DieAfterAsync("answered", () => ann.SendAsync(check, null, Typed.Declaration));

        Assert.Equal(1, await _service.AnsweredEventsAsync(asked));
        var receipt = await ann.OpenAsync(question.Address + "/receipt");
        Assert.Equal("Answer received", receipt.Heading);
        Assert.Null(receipt.Document.QuerySelector(".govuk-notification-banner"));
        // Nor is it shown beside the answer that is asked for next
        await _service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "unacceptable", note = "Say more.", dueOn = "2017-10-20" });
        Assert.Null((await ann.OpenAsync(question.Address)).Document.QuerySelector(".govuk-notification-banner"));
    }

    [Fact]
    public async Task The_next_report_is_taken_when_the_service_died_right_after_the_last_one()
    {
        using var at = await Progressing.StartAsync(_service);
        await DieAfterAsync("updated", () => at.Ann.SendWithFileAsync(at.Page, "send", null, Progressing.Report));
        Assert.Null((await at.Ann.OpenAsync(at.Question + "/receipt")).Document.QuerySelector(".govuk-notification-banner"));
        await _service.SendAsync(HttpMethod.Post, $"api/recommendations/{at.Asked.Inspection}/1/verify", new { progress = "insufficient" });

        var next = await at.Ann.OpenAsync(at.Page.Address);
        Assert.Null(next.Document.QuerySelector(".govuk-notification-banner"));
        await at.Ann.SendWithFileAsync(next, "send", null, [.. Progressing.Report.Select(f => f.Name == "text" ? (f.Name, "Now all of them") : f)]);
        Assert.Equal("Now all of them", (string?)(await _service.ReadAsync(at.Asked))["updates"]!.AsArray()[^1]!["text"]);
    }

    private static bool Writes(TappedRequest request, string what) =>
        request is { To: "Table", Method: "POST" } && request.Path.EndsWith("/$batch", StringComparison.Ordinal) && request.Body.Contains(what, StringComparison.Ordinal);

    private async Task<Seen> AwayAsync(Func<Task<Seen>> send)
    {
        _tap.Instead = request => request.To == "Table" ? 503 : null;
        var page = await send();
        _tap.Instead = _ => null;
        return page;
    }

    /// <summary>Sends while every try at writing something loses to others.</summary>
    private async Task<Seen> LostAsync(string what, Func<Task<Seen>> send)
    {
        _tap.Instead = request => Writes(request, what) ? 412 : null;
        var page = await send();
        _tap.Instead = _ => null;
        return page;
    }

    /// <summary>Sends, and kills the service when it has written something.</summary>
    private async Task DieAfterAsync(string what, Func<Task<Seen>> send)
    {
        var died = false;
        _tap.After = async (request, _) =>
        {
            if (!Writes(request, what))
                return true;
            died = true;
            await _service.Local.Stack.Service.KillAsync();
            return false;
        };
        var page = await send();
        _tap.After = (_, _) => Task.FromResult(true);
        Assert.True(died && (int)page.Status >= 500, $"{died} {page.Status}");
        await _service.Local.Stack.Service.AddressAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(Asked, Visitor, Seen)> OpenAsync()
    {
        var asked = await _service.AskAsync();
        var ann = _service.Visitor();
        return (asked, ann, await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann))));
    }
}
