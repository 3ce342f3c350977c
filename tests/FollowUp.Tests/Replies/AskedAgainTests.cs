namespace FollowUp.Tests.Replies;

/// <summary>What becomes of drafts when an answer or a report is asked for once more.</summary>
[Collection(ReplyCollection.Name)]
public sealed class AskedAgainTests(ReplyService service)
{
    [Fact]
    public async Task What_is_asked_again_begins_with_what_was_sent_and_keeps_what_was_not_beside_it()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        using var bob = service.Visitor();
        var bobsHome = await bob.StartAsync(asked.Bob);
        var bobsPage = await bob.OpenAsync(asked.Question(bobsHome));
        await ann.SendAsync(await ann.SendAsync(annsPage, "continue", Typed.Agreed("Ann's step")), null, Typed.Declaration);
        await bob.SendAsync(bobsPage, "continue", Typed.Agreed("Bob's step"));
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "unacceptable", note = "Say more.", dueOn = "2017-10-20" });

        Assert.Equal("Returned to you", (await bob.OpenAsync(bobsHome)).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());
        var again = await bob.OpenAsync(bobsPage.Address);
        Assert.Equal("Ann's step", again.Fields["actions[0].step"]);
        Assert.Contains("Bob's step", Assert.Single(NotSentTests.Banners(again)), StringComparison.Ordinal);
        // Who only looks at it leaves no draft
        await bob.SendAsync(again, "go:back");
        Assert.Equal("Returned to you", (await bob.OpenAsync(bobsHome)).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());
        // Going on is not held up by what is on the page already, and keeps it
        var check = await bob.SendAsync(again, "continue", ("actions[0].step", "Our step"));
        Assert.Equal("Check your answer", check.Heading);
        again = await bob.OpenAsync(bobsPage.Address);
        Assert.Equal("Our step", again.Fields["actions[0].step"]);
        Assert.Contains("Bob's step", Assert.Single(NotSentTests.Banners(again)), StringComparison.Ordinal);
        again = await bob.SendAsync(again, again.Document.QuerySelector(".govuk-notification-banner button")!.GetAttribute("value"));
        Assert.Empty(NotSentTests.Banners(again));
        Assert.Equal("Our step", again.Fields["actions[0].step"]);
    }

    [Fact]
    public async Task The_next_report_does_not_begin_with_the_text_of_the_last_one()
    {
        using var at = await Progressing.StartAsync(service);
        using var bob = service.Visitor();
        var bobsHome = await bob.StartAsync(at.Asked.Bob);
        var bobs = await bob.OpenAsync(at.Asked.Question(bobsHome) + "/progress");
        await at.Ann.SendWithFileAsync(at.Page, "send", null, Progressing.Report);
        await bob.SendWithFileAsync(bobs, "send", null, [.. NotSentTests.UnderWay.Select(f => f.Item1 == "text" ? (f.Item1, "What Bob has seen") : f.Item1.EndsWith("Year", StringComparison.Ordinal) ? (f.Item1, "half typed") : f)]);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{at.Asked.Inspection}/1/verify", new { progress = "insufficient", note = "Not yet." });

        Assert.Equal("Report due", (await bob.OpenAsync(bobsHome)).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());
        var next = await bob.OpenAsync(bobs.Address);
        Assert.Equal("", next.Fields["text"]);
        // All of the other text is shown: the reason and the half of a date too
        var banner = Assert.Single(NotSentTests.Banners(next));
        foreach (var words in new[] { "What Bob has seen", "Under way", "30 4 half typed", "Two have left" })
            Assert.Contains(words, banner, StringComparison.Ordinal);
        await bob.SendWithFileAsync(next, "go:back");
        Assert.Equal("Report due", (await bob.OpenAsync(bobsHome)).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());
        var saved = await bob.SendWithFileAsync(next, "upload", null, ("text", "What is new"));
        Assert.Equal("What is new", saved.Fields["text"]);
        Assert.Contains("What Bob has seen", Assert.Single(NotSentTests.Banners(saved)), StringComparison.Ordinal);
        Assert.Equal("Draft saved", (await bob.OpenAsync(bobsHome)).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_draft_of_an_answer_is_none_of_a_report()
    {
        using var at = await Progressing.StartAsync(service);
        await at.Ann.PostAsync(at.Question, [("__RequestVerificationToken", at.Page.Fields["__RequestVerificationToken"]), ("whyNot", "An answer that came too late")]);
        Assert.Equal("Report due", (await at.Ann.OpenAsync(string.Join('/', at.Question.Split('/').Take(4)))).Document.QuerySelector(".govuk-task-list__status")!.TextContent.Trim());
    }

    private async Task<(Asked, Visitor, Seen Question)> StartAsync()
    {
        var asked = await service.AskAsync();
        var visitor = service.Visitor();
        return (asked, visitor, await visitor.OpenAsync(asked.Question(await visitor.StartAsync(asked.Ann))));
    }
}
