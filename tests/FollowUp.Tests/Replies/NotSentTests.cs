using FollowUp.Tests.Evidence;

namespace FollowUp.Tests.Replies;

/// <summary>What was typed when nothing is asked for any more.</summary>
[Collection(ReplyCollection.Name)]
public sealed class NotSentTests(ReplyService service)
{
    private static readonly (string, string)[] UnderWay =
    [
        ("actions[0].progress", "UnderWay"), ("actions[0].targetOn.Day", "30"), ("actions[0].targetOn.Month", "4"), ("actions[0].targetOn.Year", "2018"), ("actions[0].reason", "Two have left"),
        ("text", "Two have started"), ("name", "Ann First"), ("role", "Head of Service"), ("declared", "true"),
    ];

    [Fact]
    public async Task A_report_on_a_recommendation_that_was_closed_meanwhile_is_shown_whole_and_said_not_to_be_sent()
    {
        using var at = await Progressing.StartAsync(service);
        using var bob = service.Visitor();
        var bobs = await bob.OpenAsync(at.Asked.Question(await bob.StartAsync(at.Asked.Bob)) + "/progress");
        await bob.SendWithFileAsync(bobs, "save", ("rota of October.pdf", Files.Pdf()), ("text", "What Bob has seen"));
        await CloseAsync(at.Asked);

        var receipt = await at.Ann.SendWithFileAsync(at.Page, "send", null, UnderWay);
        Assert.Equal("Recommendation 1: not everything was sent", receipt.Heading);
        Assert.Empty(receipt.Document.QuerySelectorAll(".govuk-panel"));
        var question = await at.Ann.OpenAsync(at.Page.Address);
        Assert.Equal(at.Question, question.Address);
        foreach (var page in new[] { receipt, question })
        {
            var banner = Assert.Single(page.Document.QuerySelectorAll(".govuk-notification-banner")).TextContent;
            Assert.Contains("This report was not sent, because no report is asked for any more.", banner, StringComparison.Ordinal);
            foreach (var words in new[] { "Two have started", "Under way", "30 April 2018", "Two have left", "What Bob has seen", "rota of October.pdf" })
                Assert.Contains(words, banner, StringComparison.Ordinal);
        }

        Assert.Empty((await service.ReadAsync(at.Asked))["updates"]!.AsArray());
        // Asked for again, it is where it was typed
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{at.Asked.Inspection}/1/reopen", new { reason = "It came back.", dueOn = "2017-12-20" });
        Assert.Null((await at.Ann.OpenAsync(at.Question)).Document.QuerySelector(".govuk-notification-banner"));
        Assert.Equal("Two have started", (await at.Ann.OpenAsync(at.Page.Address)).Fields["text"]);
    }

    [Fact]
    public async Task A_report_that_was_sent_is_not_said_to_be_unsent_and_one_that_came_second_is()
    {
        using var at = await Progressing.StartAsync(service);
        using var bob = service.Visitor();
        var bobs = await bob.OpenAsync(at.Asked.Question(await bob.StartAsync(at.Asked.Bob)) + "/progress");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => at.Ann.SendWithFileAsync(at.Page, "send", null, Progressing.Report)));
        var sent = await at.Ann.OpenAsync(at.Question + "/receipt");
        Assert.Equal("Report received", sent.Heading);
        Assert.Null(sent.Document.QuerySelector(".govuk-notification-banner"));

        var late = await bob.SendWithFileAsync(bobs, "send", null, [.. Progressing.Report.Select(f => f.Name == "text" ? (f.Name, "What Bob has seen") : f)]);
        Assert.Equal("Recommendation 1: not everything was sent", late.Heading);
        Assert.Contains("What Bob has seen", Assert.Single(late.Document.QuerySelectorAll(".govuk-notification-banner")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Report received", (await at.Ann.OpenAsync(at.Question + "/receipt")).Heading);
        Assert.Single((await service.ReadAsync(at.Asked))["updates"]!.AsArray());
    }

    [Fact]
    public async Task Each_of_several_banners_has_a_title_of_its_own()
    {
        using var at = await Progressing.StartAsync(service);
        await at.Ann.PostAsync(at.Question, [("__RequestVerificationToken", at.Page.Fields["__RequestVerificationToken"]), ("whyNot", "An answer that came too late")]);
        await CloseAsync(at.Asked);
        var receipt = await at.Ann.SendWithFileAsync(at.Page, "send", null, UnderWay);
        var note = await at.Ann.SendAsync(await at.Ann.OpenAsync(at.Question + "/note"), null, ("Text", "All is done."), ("Name", "Ann First"), ("Role", "Head of Service"));

        foreach (var (page, banners) in new[] { (receipt, 2), (note, 3) })
        {
            var titles = page.Document.QuerySelectorAll(".govuk-notification-banner").Select(b => b.GetAttribute("aria-labelledby")!).ToList();
            Assert.Equal(banners, titles.Distinct().Count());
            Assert.All(titles, id => Assert.Single(page.Document.QuerySelectorAll("#" + id)));
        }
    }

    private Task CloseAsync(Asked asked) => service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded" });
}
