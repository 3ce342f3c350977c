using System.Net;
using FollowUp.Replies;
using FollowUp.Tests.Evidence;

namespace FollowUp.Tests.Replies;

/// <summary>What was typed when a session has ended in between.</summary>
[Collection(ReplyCollection.Name)]
public sealed class KeptTextTests(ReplyService service)
{
    [Fact]
    public async Task What_was_typed_is_kept_through_the_end_of_a_session_and_sent_after_coming_in_again()
    {
        var asked = await service.AskAsync();
        using var ann = service.Visitor();
        var question = await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann)));
        Forget(ann, "reply-");

        var kept = await ann.SendAsync(question, "continue", Typed.Agreed("A long text that took an hour"));
        Assert.Equal((HttpStatusCode.Forbidden, "Open your link again"), (kept.Status, kept.Heading));
        Assert.Contains("A long text that took an hour", kept.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(asked.Organisation, kept.Html, StringComparison.Ordinal);
        // Pressing on without coming in changes nothing
        kept = await ann.SendAsync(kept);
        Assert.Equal("Open your link again", kept.Heading);

        await ann.StartAsync(asked.Ann);
        var check = await ann.SendAsync(kept);
        Assert.Equal("Check your answer", check.Heading);
        Assert.Contains("A long text that took an hour", check.Html, StringComparison.Ordinal);

        Forget(ann, "reply-");
        var again = await ann.SendAsync(check, null, Typed.Declaration);
        await ann.StartAsync(asked.Ann);
        Assert.Equal("Answer received", (await ann.SendAsync(again)).Heading);
        Assert.Equal(1, await service.AnsweredEventsAsync(asked));
    }

    [Fact]
    public async Task Whose_link_opens_it_no_more_is_told_so_and_keeps_the_text()
    {
        var (asked, others) = (await service.AskAsync(), await service.AskAsync());
        using var ann = service.Visitor();
        var question = await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann)));
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/reassign", new { organisationId = others.Organisation, reason = "It is theirs." });

        var kept = await ann.SendAsync(question, "continue", Typed.Agreed("Typed in the meantime"));

        Assert.Equal((HttpStatusCode.Forbidden, "Your link no longer opens this"), (kept.Status, kept.Heading));
        Assert.Contains("Typed in the meantime", kept.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(kept.Document.QuerySelector("main form"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "ours", HttpStatusCode.Forbidden)] // As browsers say it that know nothing else
    [InlineData("Origin", "null", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.BadRequest)]
    [InlineData(null, null, HttpStatusCode.BadRequest)]
    public async Task A_browser_that_has_lost_all_cookies_keeps_the_text_of_our_own_page_alone(string? header, string? site, HttpStatusCode expected)
    {
        site = site == "ours" ? service.Local.BaseAddress.GetLeftPart(UriPartial.Authority) : site;
        var (asked, number) = await service.NextOfManyAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var question = await ann.OpenAsync(asked.Question(home, number));
        using var restarted = service.Visitor();

        var kept = await restarted.SendAsync(question, "save", Typed.Agreed("Typed before the restart"), header is null ? [] : [(header, site!)]);
        Assert.Equal(expected, kept.Status);
        if (expected != HttpStatusCode.Forbidden)
        {
            Assert.DoesNotContain("Typed before the restart", kept.Html, StringComparison.Ordinal);
            return;
        }

        await restarted.StartAsync(asked.Ann);
        await restarted.SendAsync(kept);
        Assert.Equal("Typed before the restart", (await ann.OpenAsync(question.Address)).Fields["actions[0].step"]);
    }

    [Fact]
    public async Task A_report_is_not_sent_without_the_file_that_was_chosen_before_the_session_ended()
    {
        using var at = await Progressing.StartAsync(service);
        var page = await at.Ann.SendWithFileAsync(at.Page, "upload", ("report.pdf", Files.Pdf()));
        Forget(at.Ann, "reply-");
        var kept = await at.Ann.SendWithFileAsync(page, "send", ("figures.csv", Files.Text("a,b\n1,2\n")), Progressing.Report);

        Assert.Equal("Open your link again", kept.Heading);
        Assert.Contains("The file that you chose could not be kept", kept.Html, StringComparison.Ordinal);
        Assert.Equal(
            ["Action 1: when it will be done: 31 3 2018", "Action 1: how far it is: Complete", "Your text: Four have started", "Full name: Ann First", "Job title: Head of Service"],
            kept.Document.QuerySelectorAll("main .govuk-summary-list__row").Select(row => $"{row.Children[0].TextContent.Trim()}: {row.Children[1].TextContent.Trim()}"));
        await at.Ann.StartAsync(at.Asked.Ann);
        var back = await at.Ann.SendAsync(kept);
        Assert.Equal(["Choose the file again: it could not be kept"], back.Errors);
        Assert.Equal(("Four have started", "true"), (back.Fields["text"], back.Fields["declared"]));
        Assert.Empty((await service.ReadAsync(at.Asked))["updates"]!.AsArray());

        var receipt = await at.Ann.SendWithFileAsync(back, "send", ("figures.csv", Files.Text("a,b\n1,2\n")));
        Assert.Equal("Report received", receipt.Heading);
        Assert.Equal(2, (await service.ReadAsync(at.Asked))["updates"]![0]!["evidence"]!.AsArray().Count);
    }

    [Fact]
    public void Only_what_was_typed_is_shown_under_the_labels_of_its_fields()
    {
        var shown = KeptWords.Of(
        [
            ("position", "PartlyAgreed"), ("agreedPart", "One part"), ("actions[1].who", "The head"), ("actions[1].targetOn.Day", "3"), ("actions[1].targetOn.Year", "2018"), ("actions[99999].step", "x"),
            ("actions[0].number", "1"), ("files", "01a206e82deb7f3c9ba5de2fa9fa0fa6"), ("seen", "x"), ("formId", "x"), ("__Other", "x"), ("whyNot", " "), ("position", "7"),
        ]);
        Assert.Equal([("Your answer", "Partly agreed 7"), ("Which part you agree with", "One part"), ("Action 2: who will do it", "The head"), ("Action 2: when it will be done", "3 2018")], shown);
        Assert.Equal([("Full name", "Petra"), ("Email address", "p@x.example")], KeptWords.Of([("Name", "Petra"), ("Email", "p@x.example"), ("Role", "main"), ("Change", "instead")]));
    }

    [Fact]
    public async Task A_form_without_anything_typed_is_answered_like_an_unknown_link()
    {
        var asked = await service.AskAsync();
        using var ann = service.Visitor();
        var question = await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann)));
        Forget(ann, "reply-");
        Assert.Equal("This link does not work", (await ann.SendAsync(question, "continue")).Heading);
    }

    private void Forget(Visitor visitor, string prefix)
    {
        foreach (var cookie in visitor.Cookies.GetCookies(service.Local.BaseAddress).Where(c => c.Name.StartsWith(prefix, StringComparison.Ordinal)))
            cookie.Expired = true;
    }
}
