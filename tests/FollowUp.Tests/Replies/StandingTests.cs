namespace FollowUp.Tests.Replies;

/// <summary>What the pages say of where a recommendation stands and why.</summary>
[Collection(ReplyCollection.Name)]
public sealed class StandingTests(ReplyService service)
{
    [Fact]
    public async Task The_list_says_where_each_one_stands_and_how_long_is_left_and_the_form_what_each_choice_means()
    {
        var asked = await service.AskAsync(recommendations: 6);
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        foreach (var number in new[] { 3, 4, 5 })
            await ann.SendAsync(await ann.SendAsync(await ann.OpenAsync(asked.Question(home, number)), "continue", Typed.Agreed()), null, Typed.Declaration);
        await ann.SendAsync(await ann.OpenAsync(asked.Question(home, 2)), "save", Typed.Agreed());
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/4/review", new { judgement = "unacceptable", note = "Say more.", dueOn = "2017-10-20" });
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/5/review", new { judgement = "acceptable" });
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/6/close", new { reason = "superseded" });

        var list = await ann.OpenAsync(home);
        var items = list.Document.QuerySelectorAll(".govuk-task-list__item").ToDictionary(i => i.QuerySelector("a")!.TextContent.Trim()[..1], i => (i.QuerySelector(".govuk-task-list__status")!.TextContent.Trim(), i.QuerySelector(".govuk-task-list__hint")?.TextContent.Trim()));
        Assert.Equal(("Not started", "Deadline: 28 September 2017 (20 working days left)"), items["1"]);
        Assert.Equal(("Draft saved", "Deadline: 28 September 2017 (20 working days left)"), items["2"]);
        Assert.Equal(("Answer sent", null), items["3"]);
        Assert.Equal(("Returned to you", "Deadline: 20 October 2017 (36 working days left)"), items["4"]);
        Assert.Equal("Report due", items["5"].Item1);
        Assert.Equal(("Closed", null), items["6"]);

        var report = await ann.OpenAsync(asked.Question(home, 5));
        Assert.Equal("Report progress", (await ann.OpenAsync(report.Document.QuerySelectorAll("a.govuk-button").Single(a => a.TextContent.Trim() == "Report progress").GetAttribute("href")!)).Heading);
        Assert.Equal(
            [
                "All of the recommendation is agreed with, can be achieved and is affordable.",
                "Only part of the recommendation is agreed with, is achievable, affordable and will be implemented.",
                "The recommendation is not agreed and will not be implemented. This might be because of commissioning, policy, operational or affordability reasons.",
            ],
            (await ann.OpenAsync(asked.Question(home))).Document.QuerySelectorAll(".govuk-radios__hint").Select(h => h.TextContent.Trim()));
    }

    [Fact]
    public async Task Why_something_is_asked_again_stands_on_the_pages()
    {
        var (asked, ann, question) = await StartAsync();
        using var _ = ann;
        string Of(string what) => $"api/recommendations/{asked.Inspection}/1/{what}";
        await service.SendAsync(HttpMethod.Post, Of("extend"), new { dueOn = "2017-10-31", reason = "You are short of people." });
        var request = await ann.OpenAsync(question.Address + "/more-time");
        await ann.SendAsync(request, null, ("DueOn.Day", "30"), ("DueOn.Month", "11"), ("DueOn.Year", "2017"), ("Reason", "Still short"), ("Name", "Ann First"), ("Role", "Head of Service"));
        await service.SendAsync(HttpMethod.Post, Of("refuse-time"), new { reason = "It cannot wait." });
        await service.SendAsync(HttpMethod.Post, Of("close"), new { reason = "withdrawn", note = "By mistake." });
        await service.SendAsync(HttpMethod.Post, Of("reopen"), new { reason = "It was a mistake.", dueOn = "2017-12-20" });

        // Nobody has answered yet, so nobody has returned anything
        var page = (await ann.OpenAsync(question.Address)).Document.QuerySelector("main")!.TextContent;
        foreach (var words in new[] { "The inspectorate moved the deadline to 31 October 2017", "You are short of people.", "The inspectorate gave no more time", "It cannot wait.", "because it was withdrawn", "By mistake.", "The inspectorate opened this recommendation again", "It was a mistake." })
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("returned", page, StringComparison.Ordinal);

        await ann.SendAsync(await ann.SendAsync(await ann.OpenAsync(question.Address), "continue", Typed.Agreed()), null, Typed.Declaration);
        await service.SendAsync(HttpMethod.Post, Of("review"), new { judgement = "acceptable" });
        await service.SendAsync(HttpMethod.Post, Of("close"), new { reason = "superseded" });
        await service.SendAsync(HttpMethod.Post, Of("reopen"), new { reason = "It came back.", dueOn = "2017-12-21" });
        Assert.Contains("The inspectorate opened this recommendation again. A report of progress is asked for by 21 December 2017", await NextAsync(), StringComparison.Ordinal);

        var report = await ann.OpenAsync(question.Address + "/progress");
        await ann.SendWithFileAsync(report, "send", null, Progressing.Report);
        await service.SendAsync(HttpMethod.Post, Of("verify"), new { progress = "insufficient", note = "Three are missing." });
        Assert.Contains("The inspectors judged the progress: insufficient. Another report of progress is asked for by ", await NextAsync(), StringComparison.Ordinal);

        async Task<string> NextAsync() => string.Join(' ', (await ann.OpenAsync(question.Address + "/receipt")).Document.QuerySelectorAll("main p.govuk-body").Select(p => p.TextContent));
    }

    [Fact]
    public async Task A_note_stands_on_the_page_after_reopening_without_an_answer()
    {
        var (asked, ann, question) = await StartAsync();
        using var _ = ann;
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded" });
        await ann.SendAsync(await ann.OpenAsync(question.Address + "/note"), null, ("Text", "It is not superseded."), ("Name", "Ann First"), ("Role", "Head of Service"));
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/reopen", new { reason = "You are right.", dueOn = "2017-12-20" });
        Assert.Contains("It is not superseded.", (await ann.OpenAsync(question.Address)).Html, StringComparison.Ordinal);
    }

    private async Task<(Asked, Visitor, Seen Question)> StartAsync()
    {
        var asked = await service.AskAsync();
        var visitor = service.Visitor();
        return (asked, visitor, await visitor.OpenAsync(asked.Question(await visitor.StartAsync(asked.Ann))));
    }
}
