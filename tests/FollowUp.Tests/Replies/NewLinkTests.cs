using System.Diagnostics;
using System.Net;
using FollowUp.Local.Mail;
using FollowUp.Recommendations;
using FollowUp.Replies;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>Links that have ended, and how a new one is had.</summary>
public sealed class NewLinkTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2017, 9, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly ReplyService service = new();

    public async ValueTask InitializeAsync()
    {
        service.Local.Settings["Replies__NewLinksADay"] = "6";
        await service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData(0, 0, 300, true)]
    [InlineData(2, 2, 300, true)]
    [InlineData(2, 2, 299, false)]
    [InlineData(3, 3, 3600, false)]
    [InlineData(0, 6, 3600, false)]
    public void New_links_are_limited(int toAddress, int inAll, int secondsAgo, bool may)
    {
        var last = Now.AddSeconds(-secondsAgo);
        Assert.Equal(may, NewLinkRule.MaySend(toAddress == 0 ? null : new(toAddress, last), inAll == 0 ? null : new(inAll, last), 6, Now));
    }

    [Fact]
    public async Task A_link_ends_60_days_after_the_last_closing_and_a_new_one_goes_to_the_address_on_record()
    {
        var asked = await service.AskAsync();
        await service.SendAsync(HttpMethod.Post, $"api/recommendations/{asked.Inspection}/1/close", new { reason = "superseded" });
        using var visitor = service.Visitor();
        var home = await visitor.StartAsync(asked.Ann);
        await service.Local.SkipToAsync(new(2017, 10, 30), new(9, 0));
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync(home)).Status);
        await service.Local.SkipToAsync(new(2017, 10, 31), new(9, 0));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(home)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(asked.Question(home))).Status);
        var dead = await visitor.OpenAsync(asked.Ann);
        Assert.Equal((HttpStatusCode.NotFound, "This link does not work"), (dead.Status, dead.Heading));

        var answer = await AskForAsync(visitor, dead, $"ann@{asked.Organisation}.example");
        Assert.Equal((HttpStatusCode.OK, "Check your email"), (answer.Status, answer.Heading));
        var email = Assert.Single(Links(asked));
        Assert.True(email.IsTo($"ann@{asked.Organisation}.example"));
        var fresh = service.LinkTo($"ann@{asked.Organisation}.example");
        Assert.NotEqual(asked.Ann, fresh);
        using var again = service.Visitor();
        await again.StartAsync(fresh);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(asked.Ann)).Status);
    }

    [Fact]
    public async Task Somebody_whose_session_has_ended_asks_for_a_new_link_on_pages_that_take_no_form_of_their_own()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var home = await visitor.StartAsync(asked.Ann);
        foreach (var cookie in visitor.Cookies.GetCookies(service.Local.BaseAddress).Where(c => c.Name.StartsWith("reply-", StringComparison.Ordinal)))
            cookie.Expired = true;

        foreach (var address in new[] { asked.Question(home), asked.Question(home) + "/receipt", $"{home}/{asked.Inspection}/action-plan", asked.Question(home) + "/evidence/none", home, $"/reply/calendar/{LinkToken.Mint().Text}.ics" })
        {
            var refused = await AskForAsync(visitor, await visitor.OpenAsync(address), "nobody", settle: false);
            Assert.Equal(["Enter an email address in the correct format, like name@example.com"], refused.Errors);
            Assert.Equal("nobody", refused.Fields[LinkNotFound.Field]);
        }

        var answer = await AskForAsync(visitor, await visitor.OpenAsync(home), $"ann@{asked.Organisation}.example");
        Assert.Equal((HttpStatusCode.OK, "Check your email"), (answer.Status, answer.Heading));
        Assert.True(Assert.Single(Links(asked)).IsTo($"ann@{asked.Organisation}.example"));
        await visitor.StartAsync(service.LinkTo($"ann@{asked.Organisation}.example"));
    }

    [Fact]
    public async Task The_answer_is_the_same_for_known_and_unknown_and_nothing_goes_to_an_address_that_is_not_on_record()
    {
        var asked = await service.AskAsync();
        await RevokeAsync(asked.Ann);
        using var visitor = service.Visitor();
        var answers = new List<Seen>();
        var times = new List<TimeSpan>();
        foreach (var link in new[] { asked.Ann, "/reply/" + LinkToken.Mint().Text, "/reply/x", "/reply/for/none/none/1", "/reply" })
        {
            foreach (var address in new[] { "nobody@else.example", $"ann@{asked.Organisation}.example", "ines@inspectorate.example" })
            {
                var page = await visitor.OpenAsync(link);
                var began = Stopwatch.GetTimestamp();
                answers.Add(await AskForAsync(visitor, page, address, settle: false));
                times.Add(Stopwatch.GetElapsedTime(began));
            }
        }

        await service.Local.SettleAsync();
        Assert.Single(answers.Select(a => (a.Status, a.WithoutNonce)).Distinct());
        Assert.All(times, t => Assert.True(t >= TimeSpan.FromMilliseconds(300), t.ToString()));
        // The first asking counts, those within five minutes do not
        Assert.True(Assert.Single(service.Local.Inbox, m => Inspectorate.Category(m) == "link").IsTo($"ann@{asked.Organisation}.example"));
    }

    [Fact]
    public async Task What_is_no_address_is_named_and_stays_and_nothing_is_sent()
    {
        using var visitor = service.Visitor();
        var page = await visitor.OpenAsync("/reply/x");
        Assert.Equal(["Enter your email address"], (await AskForAsync(visitor, page, " ")).Errors);
        var wrong = await AskForAsync(visitor, page, "somebody\r\nBcc: all@example.com");
        Assert.Equal(["Enter an email address in the correct format, like name@example.com"], wrong.Errors);
        Assert.Equal(HttpStatusCode.NotFound, wrong.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SendAsync(page, null, (LinkNotFound.Field, "ann@x.example"), ("__RequestVerificationToken", null))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.SendAsync(page with { Address = "/reply/x/y/z" }, null, (LinkNotFound.Field, "ann@x.example"), ("__RequestVerificationToken", "made-up"))).Status);
        Assert.DoesNotContain(service.Local.Inbox, m => Inspectorate.Category(m) == "link");
    }

    [Fact]
    public async Task Somebody_who_has_left_gets_none_and_their_link_ends_at_once()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var home = await visitor.StartAsync(asked.Ann);
        await service.SendAsync(HttpMethod.Put, "api/organisations/" + asked.Organisation, new
        {
            name = "Without Ann",
            kind = "crc",
            escalatesTo = asked.Organisation + "-owner",
            contacts = new[] { new { name = "Bob Second", email = $"bob@{asked.Organisation}.example", role = "main" } },
        });

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(home)).Status);
        Assert.Equal("Check your email", (await AskForAsync(visitor, await visitor.OpenAsync(asked.Ann), $"ann@{asked.Organisation}.example")).Heading);
        Assert.Empty(Links(asked));
        // Who opens a colleague's old link and is a contact gets their own
        await AskForAsync(visitor, await visitor.OpenAsync(asked.Ann), $"bob@{asked.Organisation}.example");
        Assert.True(Assert.Single(Links(asked)).IsTo($"bob@{asked.Organisation}.example"));
    }

    [Fact]
    public async Task Asking_over_and_over_sends_one_in_five_minutes_three_a_day_and_so_many_in_all()
    {
        var asked = await service.AskAsync();
        using var visitor = service.Visitor();
        var page = await visitor.OpenAsync("/reply/x");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => AskForAsync(visitor, page, $"ann@{asked.Organisation}.example", settle: false)));
        await service.Local.SettleAsync();
        Assert.Single(Links(asked));

        for (var minutes = 5; minutes <= 40; minutes += 5)
        {
            await service.Local.MoveClockAsync(new(2017, 9, 1), new(10, minutes));
            await AskForAsync(visitor, page, $"ann@{asked.Organisation}.example");
        }

        Assert.Equal(4, Links(asked).Count);
        var others = await Task.WhenAll(service.AskAsync(), service.AskAsync(), service.AskAsync(), service.AskAsync());
        foreach (var other in others)
            await AskForAsync(visitor, page, $"ann@{other.Organisation}.example");
        // Three of the six of this day went to the first
        Assert.Equal(3, others.Sum(o => Links(o).Count));
    }

    private async Task<Seen> AskForAsync(Visitor visitor, Seen page, string address, bool settle = true)
    {
        var action = page.Document.QuerySelector("main form")!.GetAttribute("action");
        var answer = await visitor.SendAsync(page with { Address = action ?? page.Address }, null, (LinkNotFound.Field, address));
        if (settle)
            await service.Local.SettleAsync();
        return answer;
    }

    private List<KeptMessage> Links(Asked asked) => [.. service.Local.Inbox.Where(m => Inspectorate.Category(m) == "link" && m.Payload.ToString().Contains(asked.Organisation + ".example", StringComparison.Ordinal))];

    private async Task RevokeAsync(string link)
    {
        using var visitor = service.Visitor();
        var home = await visitor.StartAsync(link);
        var organisation = (await visitor.OpenAsync(home)).Document.QuerySelector(".govuk-caption-l")!.TextContent.Split(' ')[^1];
        await service.SendAsync(HttpMethod.Post, $"api/organisations/{organisation}/links/{home.Split('/')[^1]}/revoke", null);
    }
}
