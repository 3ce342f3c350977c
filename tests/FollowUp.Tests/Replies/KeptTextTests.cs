using System.Net;

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

    [Theory]
    [InlineData("same-origin", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", HttpStatusCode.BadRequest)]
    [InlineData("same-site", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task A_browser_that_has_lost_all_cookies_keeps_the_text_of_our_own_page_alone(string? site, HttpStatusCode expected)
    {
        var (asked, number) = await service.NextOfManyAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var question = await ann.OpenAsync(asked.Question(home, number));
        using var restarted = service.Visitor();

        var kept = await restarted.SendAsync(question, "save", Typed.Agreed("Typed before the restart"), site is null ? [] : [("Sec-Fetch-Site", site)]);
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
