using System.Net;

namespace FollowUp.Tests.Replies;

[Collection(ReplyCollection.Name)]
public sealed class AnswerTests(ReplyService service)
{
    public static TheoryData<string, string, string?, string> Faults => new()
    {
        { "Agreed", "actions[0].step", "", "Enter what you will do for action 1" },
        { "Agreed", "actions[0].who", "", "Enter who will do action 1" },
        { "Agreed", "actions[0].targetOn.Year", "", "The date of action 1 must include a year" },
        { "Agreed", "actions[0].targetOn.Day", "32", "The date of action 1 must be a real date" },
        { "Agreed", "actions[0].targetOn.Year", "2017", "The date of action 1 must be in the future" },
        { "Agreed", "position", null, "Choose whether you agree, partly agree or do not agree" },
        { "Agreed", "position", "Perhaps", "Choose whether you agree, partly agree or do not agree" },
        { "PartlyAgreed", "agreedPart", "", "Enter which part you agree with" },
        { "PartlyAgreed", "whyPartly", "", "Enter why you do not agree with the rest" },
        { "NotAgreed", "whyNot", "", "Enter why you do not agree" },
        { "NotAgreed", "whyNot", new string('x', 5001), "Why you do not agree must be 5,000 characters or fewer; it is 5,001" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_named_at_its_field_and_all_that_was_typed_stays(string position, string field, string? value, string message)
    {
        var (asked, number) = await service.NextOfManyAsync();
        using var visitor = service.Visitor();
        var question = await visitor.OpenAsync(asked.Question(await visitor.StartAsync(asked.Ann), number));
        (string, string?)[] typed =
        [
            .. Typed.Agreed(), ("position", position), ("agreedPart", "The first half"), ("whyPartly", "No budget"), ("whyNot", "Out of scope"), (field, value),
        ];
        var page = await visitor.SendAsync(question, "continue", typed);

        Assert.Equal([message], page.Errors);
        Assert.StartsWith("Error: ", page.Document.Title, StringComparison.Ordinal);
        foreach (var (name, expected) in typed.GroupBy(t => t.Item1).Select(g => g.Last()).Where(t => t.Item1 != "position"))
            Assert.Equal(expected, page.Fields[name]);
        Assert.Equal(0, await service.AnsweredEventsAsync(asked, number));
    }

    [Fact]
    public async Task An_answer_without_an_action_is_not_taken()
    {
        var (_, visitor, question) = await StartAsync();
        using var _2 = visitor;
        var page = await visitor.SendAsync(question, "continue", ("position", "Agreed"));
        Assert.Equal(["Enter at least one action: what you will do, who will do it and by when"], page.Errors);
    }

    [Fact]
    public async Task Actions_are_added_and_removed_without_losing_what_was_typed()
    {
        var (_, visitor, question) = await StartAsync();
        using var _2 = visitor;
        var added = await visitor.SendAsync(question, "add", [.. Typed.Agreed("First step"), ("actions[0].targetOn.Month", "nonsense")]);
        added = await visitor.SendAsync(added, "add", ("actions[1].step", "Second step"));
        var removed = await visitor.SendAsync(added, "remove:0", ("actions[2].step", "Third step"));

        Assert.Equal("Second step", removed.Fields["actions[0].step"]);
        Assert.Equal("Third step", removed.Fields["actions[1].step"]);
        Assert.False(removed.Fields.ContainsKey("actions[2].step"));
        Assert.Equal("nonsense", added.Fields["actions[0].targetOn.Month"]);
    }

    [Fact]
    public async Task Sending_twice_is_one_answer_and_the_same_receipt()
    {
        var (asked, visitor, question) = await StartAsync();
        using var _ = visitor;
        var check = await visitor.SendAsync(question, "continue", Typed.Agreed());
        Assert.Equal("Check your answer", check.Heading);

        var receipts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => visitor.SendAsync(check, null, Typed.Declaration)));
        var again = await visitor.SendAsync(check, null, Typed.Declaration);

        Assert.All(receipts.Append(again), r => Assert.Equal("Answer received", r.Heading));
        Assert.Single(receipts.Append(again).Select(r => r.Html).Distinct());
        Assert.Contains("In time", again.Html, StringComparison.Ordinal);
        Assert.Equal(1, await service.AnsweredEventsAsync(asked));
        Assert.Equal("agreed", (string?)(await service.ReadAsync(asked))["answer"]!["position"]);
    }

    [Fact]
    public async Task The_declaration_must_be_made()
    {
        var (asked, visitor, question) = await StartAsync();
        using var _ = visitor;
        var check = await visitor.SendAsync(question, "continue", Typed.Agreed());
        var page = await visitor.SendAsync(check, null, ("name", "Ann First"));

        Assert.Equal(["Enter your job title", "Confirm that you answer for your organisation"], page.Errors);
        Assert.Equal("Ann First", page.Fields["name"]);
        // What she had declared correct was the other text
        Assert.DoesNotContain("declared", page.Fields.Keys);
        Assert.Equal(0, await service.AnsweredEventsAsync(asked));
    }

    [Fact]
    public async Task Whoever_goes_back_to_change_the_answer_finds_name_and_job_title_again()
    {
        var (asked, ann, question) = await StartAsync();
        using var _ = ann;
        var check = await ann.SendAsync(question, "continue", Typed.Agreed());
        Assert.Equal(["change:position", "change:actions_0__step"], check.Document.QuerySelectorAll(".govuk-summary-list__actions button").Select(b => b.GetAttribute("value")));

        var back = await ann.SendAsync(check, "change:actions_0__step", ("name", "Ann First"), ("role", "Head of Service"));
        Assert.Equal("Recruit four officers", back.Fields["actions[0].step"]);
        var again = await ann.SendAsync(back, "continue", ("actions[0].step", "Recruit five officers"));

        Assert.Equal(("Ann First", "Head of Service"), (again.Fields["name"], again.Fields["role"]));
        // Whoever comes by another link signs for themselves
        using var bob = service.Visitor();
        var bobs = await bob.OpenAsync((await bob.StartAsync(asked.Bob)) + again.Address[again.Address.IndexOf($"/{asked.Inspection}/", StringComparison.Ordinal)..]);
        Assert.Equal(("Check your answer", ""), (bobs.Heading, bobs.Fields["name"]));
        // A button that no page has leads nowhere else
        Assert.Equal(back.Address, (await ann.SendAsync(again, "change://elsewhere.example")).Address);
        Assert.Equal(0, await service.AnsweredEventsAsync(asked));
        Assert.Equal("Answer received", (await ann.SendAsync(await ann.OpenAsync(again.Address), null, ("declared", "true"))).Heading);
    }

    [Fact]
    public async Task Whoever_a_recommendation_is_given_to_reads_nothing_that_others_said_of_it()
    {
        var (asked, ann, question) = await StartAsync();
        using var _ = ann;
        await ann.SendAsync(await ann.SendAsync(question, "continue", Typed.Agreed("Only between us and you")), null, Typed.Declaration);
        var others = await service.AskAsync();
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/reassign", new { organisationId = others.Organisation, reason = "It is theirs." });

        using var cleo = service.Visitor();
        var theirs = asked.Question(await cleo.StartAsync(others.Ann));
        Assert.DoesNotContain("Only between us", (await cleo.OpenAsync(theirs)).Html, StringComparison.Ordinal);
        await cleo.SendAsync(await cleo.SendAsync(await cleo.OpenAsync(theirs), "continue", Typed.Agreed("What we shall do")), null, Typed.Declaration);
        var page = await cleo.OpenAsync(theirs);
        Assert.Contains("What we shall do", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Only between us", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_two_people_save_both_texts_are_kept_and_shown()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        using var bob = service.Visitor();
        var bobsPage = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));

        await ann.SendAsync(annsPage, "save", Typed.Agreed("Ann's step"));
        var both = await bob.SendAsync(bobsPage, "continue", Typed.Agreed("Bob's step"));

        Assert.Equal("Bob's step", both.Fields["actions[0].step"]);
        Assert.Contains("Ann's step", both.Document.QuerySelector(".govuk-notification-banner")!.TextContent, StringComparison.Ordinal);
        var one = await bob.SendAsync(both, "drop:" + both.Document.QuerySelector("button[value^=drop]")!.GetAttribute("value")![5..]);
        Assert.Null(one.Document.QuerySelector(".govuk-notification-banner"));
        Assert.Equal("Bob's step", one.Fields["actions[0].step"]);
    }

    [Fact]
    public async Task Where_both_texts_are_too_long_together_removing_the_copy_keeps_what_was_typed()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        using var bob = service.Visitor();
        var bobsPage = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));
        await ann.SendAsync(annsPage, "save", ("whyNot", new string('a', 140_000)));
        await bob.SendAsync(bobsPage, "save", ("whyNot", new string('b', 140_000)));
        var page = await bob.OpenAsync(bobsPage.Address);

        // Too long beside the copy, and then too long alone
        foreach (var (button, length) in new[] { ("save", 200_000), (Drop(page), 310_000) })
        {
            page = await bob.SendAsync(page, button, ("whyNot", new string('c', length)));
            Assert.StartsWith("What you and others have typed is too long", Assert.Single(page.Errors), StringComparison.Ordinal);
            Assert.Equal(new string('c', length), page.Fields["whyNot"]);
            Assert.Contains("aaa", page.Document.QuerySelector(".govuk-notification-banner")!.TextContent, StringComparison.Ordinal);
        }

        page = await bob.SendAsync(page, Drop(page), ("whyNot", new string('c', 200_000)));
        Assert.Empty(page.Errors);
        Assert.Null(page.Document.QuerySelector(".govuk-notification-banner"));
        Assert.Equal(new string('c', 200_000), page.Fields["whyNot"]);

        static string Drop(Seen page) => page.Document.QuerySelector("button[value^=drop]")!.GetAttribute("value")!;
    }

    [Fact]
    public async Task Who_comes_second_sees_what_was_answered_and_what_they_had_typed()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        using var bob = service.Visitor();
        var bobsHome = await bob.StartAsync(asked.Bob);
        var annsCheck = await ann.SendAsync(annsPage, "continue", Typed.Agreed("Ann's step"));
        var bobsPage = await bob.OpenAsync(asked.Question(bobsHome));
        await ann.SendAsync(annsCheck, null, Typed.Declaration);

        var late = await bob.SendAsync(bobsPage, "continue", ("actions[0].step", "Bob's step"));
        Assert.Equal("Recommendation 1: not everything was sent", late.Heading);
        Assert.Contains("Ann&#x27;s step", late.Html, StringComparison.Ordinal);
        Assert.Contains("Bob&#x27;s step", late.Html, StringComparison.Ordinal);
        Assert.Equal(1, await service.AnsweredEventsAsync(asked));
    }

    [Fact]
    public async Task A_changed_answer_is_shown_again_before_it_is_sent()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        using var bob = service.Visitor();
        var check = await ann.SendAsync(annsPage, "continue", Typed.Agreed("Ann's step"));
        var bobsPage = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));
        await bob.SendAsync(bobsPage, "save", ("actions[0].step", "Changed step"));

        var page = await ann.SendAsync(check, null, Typed.Declaration);
        Assert.Contains("Somebody changed the answer", page.Html, StringComparison.Ordinal);
        Assert.Equal("Ann First", page.Fields["name"]);
        Assert.Equal(0, await service.AnsweredEventsAsync(asked));
        var sent = await ann.SendAsync(page, null, Typed.Declaration);
        Assert.Contains("Changed step", sent.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_there_on_another_device_after_the_service_was_killed()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        await ann.SendAsync(annsPage, "save", [.. Typed.Agreed("Kept step"), ("actions[0].targetOn.Day", "99")]);
        await service.Local.KillServiceAsync();

        using var phone = service.Visitor();
        var page = await phone.OpenAsync(asked.Question(await phone.StartAsync(asked.Ann)));
        Assert.Equal("Kept step", page.Fields["actions[0].step"]);
        Assert.Equal("99", page.Fields["actions[0].targetOn.Day"]);
    }

    [Fact]
    public async Task A_checked_answer_is_sent_after_the_service_was_killed()
    {
        var (asked, ann, annsPage) = await StartAsync();
        using var _ = ann;
        var check = await ann.SendAsync(annsPage, "continue", Typed.Agreed("Kept step"));
        await service.Local.KillServiceAsync();

        Assert.Equal("Answer received", (await ann.SendAsync(check, null, Typed.Declaration)).Heading);
        Assert.Equal(1, await service.AnsweredEventsAsync(asked));
    }

    [Fact]
    public async Task A_returned_answer_is_answered_again_by_the_same_link()
    {
        var (asked, visitor, question) = await StartAsync();
        using var _ = visitor;
        var check = await visitor.SendAsync(question, "continue", Typed.Agreed());
        await visitor.SendAsync(check, null, Typed.Declaration);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "unacceptable", note = "Say more.", dueOn = "2017-10-20" });

        var returned = await visitor.OpenAsync(question.Address);
        Assert.Contains("Say more.", returned.Html, StringComparison.Ordinal);
        Assert.Equal("Recruit four officers", returned.Fields["actions[0].step"]);
        var second = await visitor.SendAsync(returned, "continue", ("actions[0].step", "Recruit six officers"));
        var receipt = await visitor.SendAsync(second, null, Typed.Declaration);
        Assert.Contains("Recruit six officers", receipt.Html, StringComparison.Ordinal);
        Assert.Equal(2, await service.AnsweredEventsAsync(asked));
    }

    [Fact]
    public async Task A_report_of_progress_is_taken_once()
    {
        var (asked, visitor, question) = await StartAsync();
        using var _ = visitor;
        var check = await visitor.SendAsync(question, "continue", Typed.Agreed());
        await visitor.SendAsync(check, null, Typed.Declaration);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "acceptable" });

        var form = await visitor.OpenAsync(question.Address + "/progress");
        var faults = await visitor.SendAsync(form, "send", ("text", "Two recruited"), ("actions[0].targetOn.Day", "32"));
        Assert.Equal(["Choose how far action 1 is", "The date of action 1 must be a real date", "Confirm that you report for your organisation"], faults.Errors);
        Assert.Equal("Two recruited", faults.Fields["text"]);
        Assert.Equal("Ann First", faults.Fields["name"]);

        (string, string?)[] typed = [("actions[0].progress", "UnderWay"), ("actions[0].targetOn.Day", "30"), ("actions[0].targetOn.Month", "4"), ("actions[0].reason", "Two have left"), ("declared", "true")];
        var sent = await visitor.SendAsync(faults, "send", typed);
        var again = await visitor.SendAsync(faults, "send", typed);
        Assert.Equal("Report received", sent.Heading);
        Assert.Equal(sent.Html, again.Html);
        Assert.Single((await service.ReadAsync(asked, "/events")).AsArray(), e => (string?)e!["type"] == "updated");
    }

    [Fact]
    public async Task What_was_decided_is_no_longer_said_to_await_a_decision()
    {
        var (asked, visitor, question) = await StartAsync();
        using var _ = visitor;
        await visitor.SendAsync(await visitor.SendAsync(question, "continue", ("position", "NotAgreed"), ("whyNot", "Out of scope")), null, Typed.Declaration);
        await AssertStandsAsync(visitor, question.Address, null);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "acceptableAlternative", note = "We see why." });
        await AssertStandsAsync(visitor, question.Address, "The inspectors accepted the answer as an acceptable alternative on ", "We see why.");

        // The answer was accepted before the report came, which is judged by itself
        using var at = await Progressing.StartAsync(service);
        await at.Ann.SendWithFileAsync(at.Page, "send", null, Progressing.Report);
        await AssertStandsAsync(at.Ann, at.Question, null);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{at.Asked.Inspection}/1/verify", new { progress = "good", note = "Well done." });
        await AssertStandsAsync(at.Ann, at.Question, "The inspectors judged the progress: good on ", "Well done.");
    }

    [Fact]
    public async Task A_closed_recommendation_says_so_and_takes_no_answer()
    {
        var (asked, visitor, question) = await StartAsync();
        using var _ = visitor;
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded", note = "See the new report." });

        var page = await visitor.OpenAsync(question.Address);
        Assert.Contains("because it was superseded", page.Html, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form#answer"));
        var posted = await visitor.SendAsync(question, "continue", Typed.Agreed());
        Assert.Equal(HttpStatusCode.OK, posted.Status);
        Assert.Equal(0, await service.AnsweredEventsAsync(asked));
    }

    /// <summary>Asserts what is said of the recommendation's standing: a decision, or that one is still to come.</summary>
    private static async Task AssertStandsAsync(Visitor visitor, string address, string? decided, string note = "")
    {
        foreach (var (page, awaits) in new[] { (await visitor.OpenAsync(address), "will tell you what they think"), (await visitor.OpenAsync(address + "/receipt"), "You get an email when they have decided") })
        {
            var said = page.Document.QuerySelectorAll("main p.govuk-body").Select(p => p.TextContent).ToList();
            Assert.Equal(decided is null ? 1 : 0, said.Count(p => p.Contains(awaits, StringComparison.Ordinal)));
            Assert.Equal(decided is null ? 0 : 1, said.Count(p => p.Contains("Nothing is asked of you at the moment", StringComparison.Ordinal) && p.StartsWith(decided!, StringComparison.Ordinal)));
            Assert.Contains(note, page.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
    }

    private async Task<(Asked, Visitor, Seen Question)> StartAsync()
    {
        var asked = await service.AskAsync();
        var visitor = service.Visitor();
        var question = await visitor.OpenAsync(asked.Question(await visitor.StartAsync(asked.Ann)));
        Assert.Equal("Recommendation 1", question.Heading);
        return (asked, visitor, question);
    }
}
