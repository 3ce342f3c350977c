using System.Text.Json;
using FollowUp.Deadlines;
using FollowUp.Local.Mail;
using FollowUp.Recommendations;
using FollowUp.Tests.Infrastructure;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

/// <summary>What went wrong in other systems over days and weeks, each tried with ours. One stack; its clock only moves on.</summary>
public sealed class LadderTrapTests(Inspectorate the) : IClassFixture<Inspectorate>
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Published;

    [Fact]
    public async Task Nobody_is_written_to_every_day_for_ever_or_twice_a_day_or_at_night()
    {
        await the.MorningAsync();
        var owner = await the.OrganisationAsync("owner");
        var organisation = await the.OrganisationAsync("crc", owner);
        var id = await the.IssuedAsync(organisation, organisation, organisation);
        var due = await the.DueOnAsync(id);

        await the.Service.SkipToAsync(Calendar.Add(due, 46), new(12, 0));

        Assert.Equal(["notice", "reminder", "reminder", "reminder", "overdue", "overdue"], Chased(organisation, "main").Select(Inspectorate.Category));
        Assert.Equal([10, 20, 30, 40], Chased(owner, "main").Select(m => Calendar.Between(due, On(m))));
        var all = new[] { "main", "second", "director" }.SelectMany(who => Chased(organisation, who).Concat(Chased(owner, who))).ToList();
        Assert.All(all.GroupBy(m => (Inspectorate.AddressOf(m), On(m))), day => Assert.Single(day));
        Assert.All(all, m => Assert.True(Calendar.IsWorkingDay(On(m)) && m.ReceivedAt.InLondon().Hour is >= 8 and < 18, $"{m.ReceivedAt}"));
        Assert.All(all, m => Assert.All(new[] { 1, 2, 3 }, n => Assert.Contains($"Improve the part {n} of your work.", Inspectorate.TextOf(m).ReplaceLineEndings(" "), StringComparison.Ordinal)));
        Assert.Equal(3, (await the.Viewer.GetAsync("api/tasks")).Items.Count(t => (string?)t["organisationId"] == organisation && (string?)t["kind"] == "ladderEnded"));
    }

    [Fact]
    public async Task After_a_long_outage_only_the_latest_reminder_goes_and_overdue_steps_go_in_order_three_days_apart()
    {
        await the.MorningAsync();
        var owner = await the.OrganisationAsync("owner");
        var organisation = await the.OrganisationAsync("crc", owner);
        var id = await the.IssuedAsync(organisation);
        await the.Service.FireAsync("ChaseRecommendations");
        var due = await the.DueOnAsync(id);

        await the.SleepUntilAsync(Calendar.Add(due, -1));
        Assert.Equal(["notice", "reminder"], Chased(organisation, "main").Select(Inspectorate.Category));
        var skipped = (await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items.Where(e => (string?)e["type"] == "stepSkipped").ToList();
        Assert.Equal(["First reminder", "Second reminder"], skipped.Select(e => (string?)e["data"]!["name"]));
        Assert.All(skipped, e => Assert.Equal("A later reminder is due as well, and only the latest is sent.", (string?)e["data"]!["reason"]));

        var awake = Calendar.Add(due, 12);
        await the.SleepUntilAsync(awake);
        await the.Service.MoveClockAsync(Calendar.Add(awake, 7), new(12, 0));

        Assert.Equal([0, 3], Chased(organisation, "main").Skip(2).Select(m => Calendar.Between(awake, On(m))));
        Assert.Equal([6], Chased(owner, "main").Select(m => Calendar.Between(awake, On(m))));
    }

    [Fact]
    public async Task Emails_of_which_nobody_says_whether_they_arrived_give_staff_one_task_for_their_day_and_the_chase_goes_on()
    {
        await the.MorningAsync();
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks = "off" }));
        var sentOn = the.Today;
        var (first, _) = await the.RecommendationAsync();
        var (other, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));

        await the.Service.MoveClockAsync(sentOn.AddDays(3), new(13, 0));
        Assert.Empty(await UnconfirmedAsync());
        await the.Service.MoveClockAsync(sentOn.AddDays(4), new(13, 0));

        var task = Assert.Single(await UnconfirmedAsync());
        Assert.Contains(task["mid"]!.ToString(), new[] { first, other }.Select(o => Inspectorate.Mid(Assert.Single(Chased(o, "main")))));
        Assert.StartsWith("Find out whether the emails of ", (string?)task["what"], StringComparison.Ordinal);
        await the.Service.SkipToAsync(Calendar.Add(await the.DueOnAsync(id), -5), new(12, 0));
        Assert.Equal(["notice", "reminder", "reminder"], Chased(other, "main").Select(Inspectorate.Category));
        Assert.Single(await UnconfirmedAsync());

        // Two organisations had emails that day; what is done for one of them is done for the day
        Assert.Equal(200, (await the.Reviewer.PostAsync("api/tasks/done", new { organisationId = (string?)task["organisationId"], key = (string?)task["key"] })).Status);
        await the.Service.FireAsync("SweepRegister");
        Assert.Empty(await UnconfirmedAsync());

        async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> UnconfirmedAsync() =>
            [.. (await the.Viewer.GetAsync("api/tasks")).Items.Where(t => (string?)t["kind"] == "emailsUnconfirmed")];
    }

    [Fact]
    public async Task What_is_registered_late_gets_its_notice_first_and_time_to_answer()
    {
        await the.MorningAsync();
        var organisation = await the.OrganisationAsync();
        var draft = await the.Registrar.PostAsync("api/inspections", the.Form(organisation) with { PublishedOn = the.Today.AddDays(-120) });
        var issued = await the.Registrar.PostAsync($"api/inspections/{draft.Word("id")}/issue");
        var due = DateOnly.Parse(issued.Word("recommendations", 0, "responseDueOn"), null);

        Assert.Equal(10, Calendar.Between(the.Today, due));
        await the.Service.SkipToAsync(Calendar.Add(due, 1), new(12, 0));
        Assert.Equal(["notice", "reminder", "reminder", "overdue"], Chased(organisation, "main").Select(Inspectorate.Category));
    }

    [Theory]
    [InlineData("crc", "owner")]
    [InlineData("nps", "hmpps")]
    [InlineData("owner", "hmpps")]
    [InlineData("other", null)]
    public async Task Every_kind_of_organisation_has_a_ladder_to_its_top(string kind, string? above)
    {
        await the.MorningAsync();
        var top = above is null ? null : await the.OrganisationAsync(above);
        var organisation = await the.OrganisationAsync(kind, top);
        await the.IssuedAsync(organisation);

        var escalations = (await the.Viewer.GetAsync("api/outlook?days=120")).Items.Where(e => (string?)e["organisationId"] == organisation && (string?)e["kind"] == "escalation").ToList();

        var expected = top is null ? "ines.lead@inspectorate.example" : Inspectorate.Address(top, "main");
        Assert.Equal(["Escalation", "Second escalation", "Third escalation", "Last escalation"], escalations.Select(e => (string?)e["step"]));
        Assert.All(escalations, e => Assert.Contains(e["recipients"]!.AsArray(), r => (string?)r!["email"] == expected));
    }

    [Fact]
    public async Task A_later_email_kills_no_earlier_link_and_each_is_revoked_by_itself()
    {
        await the.MorningAsync();
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.SkipToAsync(Calendar.Add(await the.DueOnAsync(id), -9), new(12, 0));
        var tokens = Chased(organisation, "main").Select(m => Inspectorate.TokenIn(m)!).ToList();
        Assert.Equal([200, 200], await StatusesAsync(tokens));

        await the.Registrar.PostAsync($"api/organisations/{organisation}/links/{new LinkToken(tokens[0]).Hash[..32]}/revoke");

        Assert.Equal([404, 200], await StatusesAsync(tokens));
    }

    [Fact]
    public async Task What_is_given_to_others_leaves_no_old_reminder_behind()
    {
        await the.MorningAsync();
        var (before, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        var due = await the.DueOnAsync(id);
        var after = await the.OrganisationAsync();
        Assert.Equal(200, (await the.Registrar.PostAsync($"api/recommendations/{id}/reassign", new { organisationId = after, reason = "It is theirs" })).Status);

        await the.Service.SkipToAsync(Calendar.Add(due, 6), new(12, 0));

        Assert.Equal(["notice"], Chased(before, "main").Select(Inspectorate.Category));
        Assert.Contains("reminder", Chased(after, "main").Select(Inspectorate.Category));
        var stories = (await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items;
        Assert.Equal(["notice", "change"], stories.Where(m => (string?)m["recipient"]!["email"] == Inspectorate.Address(before, "main")).Select(m => (string?)m["kind"]));
    }

    [Fact]
    public async Task A_deadline_can_be_moved_and_paused_keeps_its_original_date_and_explains_every_day()
    {
        await the.MorningAsync();
        var (_, id) = await the.RecommendationAsync();
        var due = await the.DueOnAsync(id);
        var later = Calendar.Add(due, 5);

        Assert.Equal(["reason"], (await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = Api.Day(later) })).Fields);
        var extended = await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = Api.Day(later), reason = "A strike" });
        Assert.Equal((Api.Day(due), Api.Day(later)), (extended.Word("ask", "originalDueOn"), extended.Word("ask", "dueOn")));
        var paused = await the.Registrar.PostAsync($"api/recommendations/{id}/pause", new { until = Api.Day(Calendar.Add(the.Today, 3)), reason = "A flood" });
        Assert.Equal(Api.Day(Calendar.Add(the.Today, 3)), paused.Word("ask", "pausedUntil"));

        var days = (await the.Viewer.GetAsync($"api/recommendations/{id}/deadline")).At("days")!.AsArray();
        Assert.Equal(later.DayNumber - the.Today.DayNumber, days.Count);
        Assert.All(days, day => Assert.NotEmpty((string?)day!["reason"] ?? ""));
    }

    [Fact]
    public async Task An_organisation_that_has_ended_is_not_chased_and_staff_are_told_at_once()
    {
        await the.MorningAsync();
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        var last = Calendar.Add(the.Today, 1);
        var ends = await the.Registrar.PutAsync($"api/organisations/{organisation}", new
        {
            name = $"The organisation {organisation}",
            kind = "crc",
            until = Api.Day(last),
            contacts = new[] { Inspectorate.Contact(organisation), Inspectorate.Contact(organisation, "second"), Inspectorate.Contact(organisation, "director") },
        });
        Assert.Equal(200, ends.Status);

        await the.Service.MoveClockAsync(last.AddDays(1), new(9, 0));
        Assert.Single((await the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == organisation && (string?)t["kind"] == "organisationEnded");
        await the.Service.SkipToAsync(Calendar.Add(await the.DueOnAsync(id), -4), new(9, 0));
        Assert.Equal(["notice"], Chased(organisation, "main").Select(Inspectorate.Category));
    }

    [Fact]
    public async Task Nothing_but_the_link_counts_as_an_answer()
    {
        await the.MorningAsync();
        var (organisation, _) = await the.RecommendationAsync();
        await the.Service.FireAsync("ChaseRecommendations");
        var before = await the.EverythingAsync();
        using var inbound = new MultipartFormDataContent { { new StringContent(Inspectorate.Address(organisation, "main")), "from" }, { new StringContent("We agree and have done it."), "text" } };

        using var anonymous = the.Service.Anonymous();
        using var answer = await anonymous.PostAsync(new Uri("webhooks/sendgrid", UriKind.Relative), inbound, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal(before, await the.EverythingAsync());
    }

    private async Task<IReadOnlyList<int>> StatusesAsync(IEnumerable<string> tokens)
    {
        var statuses = new List<int>();
        foreach (var token in tokens)
            statuses.Add((await the.Nobody.GetAsync($"reply/{token}")).Status);
        return statuses;
    }

    private List<KeptMessage> Chased(string organisation, string who) =>
        [.. the.To(Inspectorate.Address(organisation, who)).Where(Inspectorate.IsChasing)];

    private static DateOnly On(KeptMessage message) => message.ReceivedAt.LondonDate();
}
