using FollowUp.Tests.Evidence;

namespace FollowUp.Tests.Replies;

/// <summary>What was typed when nothing is asked for any more.</summary>
[Collection(ReplyCollection.Name)]
public sealed class NotSentTests(ReplyService service)
{
    internal static readonly (string, string)[] UnderWay =
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
            var banners = page.Document.QuerySelectorAll(".govuk-notification-banner").Select(b => b.TextContent).ToList();
            Assert.Equal(2, banners.Count);
            Assert.All(banners, b => Assert.Contains("This report was not sent, because no report is asked for any more.", b, StringComparison.Ordinal));
            var banner = string.Concat(banners);
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

    [Fact]
    public async Task An_answer_that_came_after_closing_is_sent_as_a_note_without_typing_it_again()
    {
        var (asked, ann, question) = await OpenAsync();
        using var _ = ann;
        await CloseAsync(asked);
        (string, string?)[] late = [("position", "PartlyAgreed"), ("agreedPart", "The first half"), ("whyPartly", "No budget"), .. Typed.Agreed("Recruit two officers").Skip(1), ("actions[0].targetOn.Year", "")];
        var page = await ann.SendAsync(question, "continue", late);
        Assert.Contains("This answer was not sent", Assert.Single(Banners(page)), StringComparison.Ordinal);

        var address = page.Document.QuerySelector(".govuk-notification-banner a.govuk-button")!;
        Assert.Equal("Send it to the inspectorate as a note", address.TextContent.Trim());
        var note = await ann.OpenAsync(address.GetAttribute("href")!);
        const string Words = "This answer was not sent before the recommendation was closed.\n\nAnswer: Partly agreed\n\nWhich part is agreed: The first half\n\nWhy not the rest: No budget\n\nAction 1: Recruit two officers\nWho: Head of operations\nBy: 31 3";
        Assert.Equal(Words, note.Fields["Text"].ReplaceLineEndings("\n").Trim());
        // What is wrong with it loses nothing
        var again = await ann.SendAsync(note);
        Assert.Equal(["Enter your full name", "Enter your job title"], again.Errors);
        var sent = await ann.SendAsync(again, null, ("Name", "Ann First"), ("Role", "Head of Service"));

        var noted = Assert.Single((await service.ReadAsync(asked, "/events")).AsArray(), e => (string?)e!["type"] == "noteReceived");
        Assert.Equal(Words, ((string?)noted!["data"]!["text"])!.ReplaceLineEndings("\n"));
        Assert.Contains("We have your note", Assert.Single(Banners(sent)), StringComparison.Ordinal);
        Assert.Empty(Banners(await ann.OpenAsync(question.Address)));
    }

    [Fact]
    public async Task The_longest_answer_fits_into_a_note()
    {
        var (asked, ann, question) = await OpenAsync();
        using var _ = ann;
        await CloseAsync(asked);
        var actions = Enumerable.Range(0, 20).SelectMany(i => new (string, string?)[]
        {
            ($"actions[{i}].step", new string('s', 1000)), ($"actions[{i}].who", new string('w', 200)), ($"actions[{i}].targetOn.Day", "30"), ($"actions[{i}].targetOn.Month", "9"), ($"actions[{i}].targetOn.Year", "2018"),
        });
        var page = await ann.SendAsync(question, "continue", [("position", "PartlyAgreed"), ("agreedPart", new string('a', 5000)), ("whyPartly", new string('b', 5000)), .. actions]);
        var note = await ann.OpenAsync(page.Document.QuerySelector(".govuk-notification-banner a.govuk-button")!.GetAttribute("href")!);
        var sent = await ann.SendAsync(note, null, ("Name", "Ann First"), ("Role", "Head of Service"));

        Assert.Contains("We have your note", Assert.Single(Banners(sent)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_with_the_same_initial_has_typed_is_not_said_to_be_ones_own()
    {
        var (asked, ann, annsPage) = await OpenAsync();
        using var _ = ann;
        await service.SendAsync(HttpMethod.Put, "api/organisations/" + asked.Organisation, new
        {
            name = $"Organisation {asked.Organisation}",
            kind = "crc",
            contacts = new[] { "ann", "amy" }.Select(who => new { name = who, email = $"{who}@{asked.Organisation}.example", role = "main" }),
        });
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/extend", new { dueOn = "2017-10-31", reason = "Amy is new." });
        await service.Local.SettleAsync();
        using var amy = service.Visitor();
        var amysPage = await amy.OpenAsync(asked.Question(await amy.StartAsync(service.LinkTo($"amy@{asked.Organisation}.example"))));
        await amy.SendAsync(amysPage, "save", Typed.Agreed("Amy's step"));

        var both = await ann.SendAsync(annsPage, "continue", Typed.Agreed("Ann's step"));
        var receipt = await ann.SendAsync(await ann.SendAsync(both, "continue"), null, Typed.Declaration);

        Assert.Equal("Answer received", receipt.Heading);
        Assert.Contains("Another answer was saved and not sent.", Assert.Single(Banners(receipt)), StringComparison.Ordinal);
        Assert.Equal("Recommendation 1: not everything was sent", (await amy.OpenAsync(amysPage.Address + "/receipt")).Heading);
    }

    [Fact]
    public async Task Another_text_that_was_left_beside_the_one_that_was_sent_says_so_and_can_be_removed()
    {
        var (asked, ann, annsPage) = await OpenAsync();
        using var _ = ann;
        using var bob = service.Visitor();
        var bobsPage = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));
        await bob.SendAsync(bobsPage, "save", Typed.Agreed("Bob's step"));
        var both = await ann.SendAsync(annsPage, "continue", Typed.Agreed("Ann's step"));
        var receipt = await ann.SendAsync(await ann.SendAsync(both, "continue"), null, Typed.Declaration);

        Assert.Equal("Answer received", receipt.Heading);
        var banner = Assert.Single(Banners(receipt));
        Assert.Contains("Another answer was saved and not sent.", banner, StringComparison.Ordinal);
        Assert.Contains("Bob's step", banner, StringComparison.Ordinal);
        Assert.Contains("This answer was not sent", Assert.Single(Banners(await bob.OpenAsync(bobsPage.Address))), StringComparison.Ordinal);

        var forget = receipt.Document.QuerySelector(".govuk-notification-banner button")!;
        var without = await ann.SendAsync(receipt with { Address = annsPage.Address }, forget.GetAttribute("value"));
        Assert.Equal(annsPage.Address, without.Address);
        Assert.Empty(Banners(without));
        Assert.Empty(Banners(await bob.OpenAsync(bobsPage.Address + "/receipt")));
    }

    internal static List<string> Banners(Seen page) => [.. page.Document.QuerySelectorAll(".govuk-notification-banner").Select(b => b.TextContent)];

    private async Task<(Asked, Visitor, Seen)> OpenAsync()
    {
        var asked = await service.AskAsync();
        var ann = service.Visitor();
        return (asked, ann, await ann.OpenAsync(asked.Question(await ann.StartAsync(asked.Ann))));
    }

    private Task CloseAsync(Asked asked) => service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded" });
}
