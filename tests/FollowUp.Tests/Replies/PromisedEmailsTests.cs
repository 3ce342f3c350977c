using FollowUp.Local.Mail;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>The emails that the pages promise to whoever sends something.</summary>
[Collection(ReplyCollection.Name)]
public sealed class PromisedEmailsTests(ReplyService service)
{
    [Fact]
    public async Task Whoever_asked_for_more_time_is_told_what_was_decided_though_they_are_no_main_contact()
    {
        var asked = await service.AskAsync();
        using var bob = service.Visitor();
        var page = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)) + "/more-time");
        await BobIsSecondAsync(asked);
        var sent = await bob.SendAsync(page, null, ("DueOn.Day", "30"), ("DueOn.Month", "11"), ("DueOn.Year", "2017"), ("Reason", "Two of us are away"), ("Name", "Bob Second"), ("Role", "Deputy"));
        Assert.Contains("We have your request", sent.Html, StringComparison.Ordinal);

        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/extend", new { dueOn = "2017-11-30", reason = "Agreed by telephone." });
        await service.Local.SettleAsync();

        foreach (var who in new[] { "ann", "bob" })
            Assert.Single(To(asked, who), m => m.Payload.ToString().Contains("Agreed by telephone.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_of_two_who_asked_for_more_time_is_told_what_was_decided()
    {
        var asked = await service.AskAsync();
        var visitors = new Dictionary<string, Visitor> { [asked.Ann] = service.Visitor(), [asked.Bob] = service.Visitor() };
        var pages = new Dictionary<string, Seen>();
        foreach (var (link, visitor) in visitors)
            pages[link] = await visitor.OpenAsync(asked.Question(await visitor.StartAsync(link)) + "/more-time");
        await service.SendAsync(HttpMethod.Put, "api/organisations/" + asked.Organisation, new
        {
            name = $"Organisation {asked.Organisation}",
            kind = "crc",
            contacts = new[] { Contact("ann", "second"), Contact("bob", "second"), Contact("cleo", "main") },
        });
        foreach (var (link, visitor) in visitors)
            pages[link] = await visitor.SendAsync(pages[link], null, ("DueOn.Day", link == asked.Ann ? "29" : "30"), ("DueOn.Month", "11"), ("DueOn.Year", "2017"), ("Reason", $"Why {link}"), ("Name", link == asked.Ann ? "Ann First" : "Bob Second"), ("Role", "Deputy"));
        foreach (var words in new[] { "Ann First asked on", "until 29 November 2017", "Bob Second asked on", "until 30 November 2017" })
            Assert.Contains(words, pages[asked.Bob].Html, StringComparison.Ordinal);

        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/refuse-time", new { reason = "It cannot wait." });
        await service.Local.SettleAsync();

        foreach (var who in new[] { "ann", "bob", "cleo" })
            Assert.Single(To(asked, who), m => m.Payload.ToString().Contains("It cannot wait.", StringComparison.Ordinal));
        foreach (var visitor in visitors.Values)
            visitor.Dispose();

        object Contact(string who, string role) => new { name = who, email = $"{who}@{asked.Organisation}.example", role };
    }

    [Fact]
    public async Task Whoever_answered_is_told_the_decision_and_gets_a_receipt_with_every_word()
    {
        var (who, name, role) = (Long("Head of operations and of", 200), Long("Bob Second of", 100), Long("Deputy of", 100));
        var asked = await service.AskAsync();
        using var bob = service.Visitor();
        var question = await bob.OpenAsync(asked.Question(await bob.StartAsync(asked.Bob)));
        var check = await bob.SendAsync(question, "continue", [.. Typed.Agreed().Where(f => f.Item1 != "actions[0].who"), ("actions[0].who", who)]);
        await BobIsSecondAsync(asked);
        Assert.Equal("Answer received", (await bob.SendAsync(check, null, ("name", name), ("role", role), ("declared", "true"))).Heading);
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/review", new { judgement = "unacceptable", note = "Say when.", dueOn = "2017-12-01" });
        await service.Local.SettleAsync();

        var receipt = Assert.Single(To(asked, "bob"), m => Inspectorate.Category(m) == "receipt").Payload.ToString();
        Assert.All([who, $"{name}, {role}"], words => Assert.Contains(words, receipt, StringComparison.Ordinal));
        foreach (var one in new[] { "ann", "bob" })
            Assert.Contains("Say when.", Assert.Single(To(asked, one), m => Inspectorate.Category(m) == "decision").Payload.ToString(), StringComparison.Ordinal);
    }

    private IEnumerable<KeptMessage> To(Asked asked, string who) => service.Local.Inbox.Where(m => m.IsTo($"{who}@{asked.Organisation}.example"));

    private Task BobIsSecondAsync(Asked asked) => service.SendAsync(HttpMethod.Put, "api/organisations/" + asked.Organisation, new
    {
        name = $"Organisation {asked.Organisation}",
        kind = "crc",
        contacts = new[] { new { name = "Ann First", email = $"ann@{asked.Organisation}.example", role = "main" }, new { name = "Bob Second", email = $"bob@{asked.Organisation}.example", role = "second" } },
    });

    /// <summary>Words, as long as the form allows.</summary>
    private static string Long(string words, int length) => words + string.Concat(Enumerable.Repeat(" everything", 20))[..(length - words.Length - 1)] + "s";
}
