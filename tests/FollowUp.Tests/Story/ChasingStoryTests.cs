using System.Globalization;
using System.Text.Json.Nodes;
using FollowUp.Deadlines;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Story;

/// <summary>31 August to 23 November 2017, with organisations that never answer, answer in time, late, badly, ask for time, or are let off.</summary>
public sealed class ChasingStoryTests(Inspectorate the) : IClassFixture<Inspectorate>
{
    private static readonly string[] Chasing = ["notice", "reminder", "overdue", "escalation"];
    private readonly Dictionary<string, string> _recommendations = [];

    [Fact]
    public async Task Everybody_is_chased_as_the_ladder_says_and_as_they_answer()
    {
        var top = await the.OrganisationAsync("hmpps", id: "top");
        await the.OrganisationAsync("owner", top, "owner");
        foreach (var who in new[] { "silent", "prompt", "late", "returned", "extended", "closed", "paused" })
        {
            await the.OrganisationAsync("crc", "owner", who);
            _recommendations[who] = await the.IssuedAsync(who);
        }

        var outlook = (await the.Viewer.GetAsync("api/outlook?days=100")).Items.Where(o => (string?)o["organisationId"] == "silent").ToList();
        await the.Service.FireAsync("ChaseRecommendations");

        await AtAsync("2017-09-18", () => the.AnswerAsync("returned", Id("returned")));
        await AtAsync("2017-09-20", () => the.AnswerAsync("prompt", Id("prompt")));
        await AtAsync("2017-09-22", () => CommandAsync("extended", "extend", new { dueOn = "2017-10-12", reason = "More cases to audit." }));
        await AtAsync("2017-09-22", () => CommandAsync("paused", "pause", new { until = "2017-10-06", reason = "A death in service." }));
        await AtAsync("2017-09-25", () => CommandAsync("returned", "review", new { judgement = "unacceptable", note = "No dates.", dueOn = "2017-10-16" }));
        await AtAsync("2017-10-02", () => CommandAsync("closed", "close", new { reason = "withdrawn" }));
        await AtAsync("2017-10-09", () => the.AnswerAsync("late", Id("late")));
        await the.Service.MoveClockAsync(new(2017, 11, 24), new(18, 0));

        const string Above = "owner top";
        await EqualAsync("silent", [
            "2017-08-31 notice main", "2017-09-14 reminder main", "2017-09-21 reminder main", "2017-09-27 reminder main second",
            "2017-09-29 overdue main second", "2017-10-05 overdue director main", "2017-10-12 escalation lead owner", $"2017-10-26 escalation lead {Above}", $"2017-11-09 escalation lead {Above}", $"2017-11-23 escalation lead {Above}"]);
        await EqualAsync("prompt", ["2017-08-31 notice main", "2017-09-14 reminder main"]);
        await EqualAsync("late", ["2017-08-31 notice main", "2017-09-14 reminder main", "2017-09-21 reminder main", "2017-09-27 reminder main second", "2017-09-29 overdue main second", "2017-10-05 overdue director main"]);
        await EqualAsync("returned", [
            "2017-08-31 notice main", "2017-09-14 reminder main", "2017-10-02 reminder main", "2017-10-09 reminder main", "2017-10-13 reminder main second",
            "2017-10-17 overdue main second", "2017-10-23 overdue director main", "2017-10-30 escalation lead owner", $"2017-11-13 escalation lead {Above}"]);
        await EqualAsync("extended", [
            "2017-08-31 notice main", "2017-09-14 reminder main", "2017-09-21 reminder main", "2017-09-28 reminder main", "2017-10-05 reminder main", "2017-10-11 reminder main second",
            "2017-10-13 overdue main second", "2017-10-19 overdue director main", "2017-10-26 escalation lead owner", $"2017-11-09 escalation lead {Above}", $"2017-11-23 escalation lead {Above}"]);
        await EqualAsync("closed", ["2017-08-31 notice main", "2017-09-14 reminder main", "2017-09-21 reminder main", "2017-09-27 reminder main second", "2017-09-29 overdue main second"]);
        // Paused for ten working days, it is due on 12 October and goes on with what is dated after Monday 9 October
        await EqualAsync("paused", [
            "2017-08-31 notice main", "2017-09-14 reminder main", "2017-09-21 reminder main", "2017-10-11 reminder main second",
            "2017-10-13 overdue main second", "2017-10-19 overdue director main", "2017-10-26 escalation lead owner", $"2017-11-09 escalation lead {Above}", $"2017-11-23 escalation lead {Above}"]);

        Assert.Equal(
            (await SentAsync("silent")).Select(s => s.Split(' ')[0]).Distinct(),
            outlook.Select(o => (string)o["on"]!));
        Assert.True((bool)(await the.Viewer.GetAsync($"api/recommendations/{Id("late")}")).At("answer", "late")!);
        Assert.False((bool)(await the.Viewer.GetAsync($"api/recommendations/{Id("prompt")}")).At("answer", "late")!);
        Assert.Contains((await the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["kind"] == "ladderEnded" && (string?)t["organisationId"] == "silent");
        await NobodyIsWrittenToTwiceOrAtNightAsync();
        EveryLinkIsLiveStill();
        Assert.Equal(200, (await the.Nobody.GetAsync("health/chase")).Status);
    }

    private async Task NobodyIsWrittenToTwiceOrAtNightAsync()
    {
        var accepted = new List<(string Mid, string Organisation, string Address, string Day, string Kind)>();
        foreach (var (who, id) in _recommendations.Append(new(the.StrangerOrganisation, the.Stranger)))
        {
            foreach (var message in (await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items)
            {
                Assert.Equal(("accepted", "delivered"), ((string?)message["status"], (string?)message["delivery"]));
                accepted.Add(((string)message["mid"]!, who, (string)message["recipient"]!["email"]!, (string)message["on"]!, (string)message["kind"]!));
            }
        }

        var arrived = the.Service.Inbox.Where(m => Inspectorate.Category(m) != "staffDigest").ToLookup(MidOf);
        Assert.Equal(accepted.Select(a => a.Mid).Order(), arrived.Select(a => a.Key).Order());
        Assert.All(arrived, one => Assert.Single(one));
        var chasing = accepted.Where(a => Chasing.Contains(a.Kind)).ToList();
        Assert.Equal(chasing.Count, chasing.Select(a => (a.Organisation, a.Address, a.Day)).Distinct().Count());
        foreach (var message in the.Service.Inbox.Where(m => Chasing.Contains(Inspectorate.Category(m))))
        {
            Assert.True(WorkingCalendar.Published.IsWorkingDay(DateOnly.FromDateTime(message.ReceivedAt.DateTime)), message.ReceivedAt.ToString(CultureInfo.InvariantCulture));
            Assert.InRange(message.ReceivedAt.Hour, 8, 17);
        }
    }

    private void EveryLinkIsLiveStill()
    {
        var tokens = the.To(Inspectorate.Address("silent", "main")).Select(Inspectorate.TokenIn).ToList();

        Assert.Equal(6, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Equal(200, the.Nobody.GetAsync($"reply/{token}").GetAwaiter().GetResult().Status));
    }

    private async Task EqualAsync(string who, string[] expected) => Assert.Equal(expected, (await SentAsync(who)).Select(s => s));

    /// <summary>Day, kind and recipients of each chasing email, one line a day.</summary>
    private async Task<IReadOnlyList<string>> SentAsync(string who)
    {
        var messages = (await the.Viewer.GetAsync($"api/recommendations/{Id(who)}/messages")).Items.Where(m => Chasing.Contains((string)m["kind"]!));
        return
        [
            .. from message in messages
               group message by (On: (string)message["on"]!, Kind: (string)message["kind"]!) into day
               orderby day.Key.On
               select $"{day.Key.On} {day.Key.Kind} {string.Join(' ', day.Select(m => Who(m, who)).Distinct().Order())}",
        ];
    }

    private static string Who(JsonNode message, string organisation)
    {
        var address = (string)message["recipient"]!["email"]!;
        var (name, domain) = (address.Split('@')[0], address.Split('@')[1].Split('.')[0]);
        return domain == organisation ? name : domain == "inspectorate" ? "lead" : domain;
    }

    private static string MidOf(FollowUp.Local.Mail.KeptMessage message) =>
        (message.Payload.TryGetProperty("custom_args", out var top) ? top : message.Payload.GetProperty("personalizations")[0].GetProperty("custom_args")).GetProperty("mid").GetString()!;

    private string Id(string who) => _recommendations[who];

    private async Task AtAsync(string day, Func<Task> what)
    {
        var on = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        if (the.Today < on)
            await the.Service.MoveClockAsync(on, new(10, 0));
        await what();
        await the.Service.SettleAsync();
    }

    private async Task CommandAsync(string who, string command, object body)
    {
        var answer = await the.Administrator.PostAsync($"api/recommendations/{Id(who)}/{command}", body);
        Assert.True(answer.Status == 200, answer.Text);
    }
}
