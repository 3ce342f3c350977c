using System.Text.Json;
using System.Text.Json.Nodes;
using FollowUp.Chasing;
using FollowUp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What staff see of chasing and do about it, at the API. One stack; its clock only moves on.</summary>
public sealed class StaffControlTests(Inspectorate the) : IClassFixture<Inspectorate>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upward_emails_are_held_until_a_day_and_go_on_by_themselves()
    {
        var owner = await the.OrganisationAsync("owner");
        var organisation = await the.OrganisationAsync("crc", owner);
        var id = await the.IssuedAsync(organisation);
        var due = DateOnly.Parse((await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"), null);
        var calendar = FollowUp.Deadlines.WorkingCalendar.Published;
        var escalation = calendar.Add(due, 10);
        var until = calendar.Add(escalation, 3);
        await the.Service.SkipToAsync(calendar.Add(escalation, -2), new(12, 0));
        Assert.Equal([Api.Day(escalation)], await UpwardAsync(organisation));
        var seen = (await the.Viewer.GetAsync($"api/recommendations/{id}")).ETag!;

        var held = await the.Reviewer.PostAsync($"api/recommendations/{id}/hold-upward", new { until = Api.Day(until), reason = "The director rang: it is on its way." }, ("If-Match", seen));
        Assert.Equal((200, Api.Day(until)), (held.Status, held.Word("ask", "upwardHeldUntil")));
        Assert.Equal(412, (await the.Reviewer.PostAsync($"api/recommendations/{id}/release-upward", null, ("If-Match", seen))).Status);
        var tooLong = await the.Registrar.PostAsync($"api/recommendations/{id}/hold-upward", new { until = Api.Day(calendar.Add(the.Today, 21)) });
        Assert.Equal((422, "until reason"), (tooLong.Status, string.Join(' ', tooLong.Fields)));
        Assert.Equal([Api.Day(calendar.Add(until, 1))], await UpwardAsync(organisation));

        await the.Service.MoveClockAsync(until, new(17, 0));
        Assert.Empty(Escalations(owner));
        await the.Service.MoveClockAsync(calendar.Add(until, 1), new(9, 30));
        Assert.Equal(2, Escalations(owner).Count);
        Assert.Contains((await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items, e => (string?)e["type"] == "upwardHeld" && ((string)e["actor"]!).StartsWith("staff: ", StringComparison.Ordinal));
        Assert.Equal(409, (await the.Reviewer.PostAsync($"api/recommendations/{id}/release-upward")).Status);
    }

    [Fact]
    public async Task A_hold_calls_back_what_is_planned_and_not_yet_sent()
    {
        var owner = await the.OrganisationAsync("owner");
        var organisation = await the.OrganisationAsync("crc", owner);
        var id = await the.IssuedAsync(organisation);
        var calendar = FollowUp.Deadlines.WorkingCalendar.Published;
        var escalation = calendar.Add(DateOnly.Parse((await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"), null), 10);
        await the.Service.SkipToAsync(calendar.Add(escalation, -1), new(12, 0));
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { status = 503, count = 1000 }));
        await the.Service.MoveClockAsync(escalation, new(8, 30));
        var planned = await EscalationsOfAsync(id);
        Assert.Equal(2, planned.Count(m => ((string)m["recipient"]!["email"]!).EndsWith($"@{owner}.example", StringComparison.Ordinal)));

        var held = await the.Reviewer.PostAsync($"api/recommendations/{id}/hold-upward", new { until = Api.Day(calendar.Add(escalation, 1)), reason = "The director rang: it is on its way." });
        Assert.Equal(200, held.Status);
        the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { off = true }));
        await the.Service.MoveClockAsync(calendar.Add(escalation, 1), new(17, 0));

        Assert.Empty(Escalations(owner));
        Assert.All(await EscalationsOfAsync(id), m => Assert.Equal("cancelled", (string?)m["status"]));
        await the.Service.MoveClockAsync(calendar.Add(escalation, 2), new(9, 30));
        Assert.Equal(2, Escalations(owner).Count);
    }

    [Fact]
    public async Task A_rehearsal_says_what_the_chase_then_sends_and_changes_nothing()
    {
        await MorningAsync();
        var (organisation, id) = await the.RecommendationAsync();
        await the.Service.SettleAsync();
        var before = await the.EverythingAsync();

        var rehearsal = await the.Viewer.GetAsync("api/chase");

        Assert.Equal(before, await the.EverythingAsync());
        Assert.Null(rehearsal.At("whyNot"));
        var email = Assert.Single(rehearsal.At("emails")!.AsArray(), e => (string?)e!["organisationId"] == organisation)!;
        Assert.Equal(("notice", Inspectorate.Address(organisation, "main"), id, "Notice", false), ((string?)email["kind"], (string?)email["to"]!["email"], (string?)email["about"]![0]!["recommendationId"], (string?)email["about"]![0]!["step"], (bool)email["waits"]!));
        Assert.Empty(the.To(Inspectorate.Address(organisation, "main")));

        var done = await the.Administrator.PostAsync("api/chase");
        Assert.Equal(rehearsal.At("emails")!.AsArray().Count, (int)done.At("planned")!);
        await the.Service.SettleAsync();
        Assert.Single(the.To(Inspectorate.Address(organisation, "main")));
        Assert.Empty((await the.Viewer.GetAsync("api/chase")).At("emails")!.AsArray());
    }

    [Fact]
    public async Task A_rehearsal_says_why_nothing_would_leave()
    {
        await MorningAsync();
        await the.Administrator.PostAsync("api/sending/stop", new { reason = "A mistake in the letters" });
        Assert.Contains("A mistake in the letters", (await the.Viewer.GetAsync("api/chase")).Word("whyNot"), StringComparison.Ordinal);
        Assert.Equal(200, (await the.Administrator.PostAsync("api/sending/resume", new { reason = "Mended" })).Status);

        await the.Service.MoveClockAsync(the.Today, new(19, 0));
        Assert.Contains("between 08:00 and 18:00", (await the.Viewer.GetAsync("api/chase")).Word("whyNot"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_sweep_is_carried_on_by_the_next_chase()
    {
        await MorningAsync();
        var runs = the.Parts.GetRequiredService<RunsTable>();
        await the.Service.FireAsync("SweepRegister");
        var whole = (await runs.FindAsync(SweepRegister.Job, [], Stop))!;
        await runs.WritePositionAsync(new SweepPosition(null, the.Service.Now.AddMinutes(-3), 0, 0, [], LeftOff: true), Stop);

        await the.Service.FireAsync("ChaseRecommendations");

        var carried = (await runs.FindAsync(SweepRegister.Job, [], Stop))!;
        Assert.Equal((the.Service.Now.AddMinutes(-3).ToUniversalTime(), whole.Planned), (carried.StartedAt.ToUniversalTime(), carried.Planned));
        Assert.Null(await runs.FindPositionAsync([], Stop));
    }

    [Fact]
    public async Task A_sweep_that_is_under_way_is_left_alone()
    {
        await MorningAsync();
        var runs = the.Parts.GetRequiredService<RunsTable>();
        await runs.WritePositionAsync(new SweepPosition("org-1", the.Service.Now, 0, 0, []), Stop);

        await the.Service.FireAsync("ChaseRecommendations");

        Assert.NotNull(await runs.FindPositionAsync([], Stop));
        await runs.ForgetPositionAsync(Stop);
    }

    [Fact]
    public async Task A_pause_after_the_end_of_the_ladder_ends_in_a_task()
    {
        await MorningAsync();
        var (organisation, id) = await the.RecommendationAsync();
        var due = DateOnly.Parse((await the.Viewer.GetAsync($"api/recommendations/{id}")).Word("ask", "dueOn"), null);
        var calendar = FollowUp.Deadlines.WorkingCalendar.Published;
        await the.Service.SkipToAsync(calendar.Add(due, 44), new(12, 0));
        var first = await RestsAsync(organisation);
        Assert.Equal(200, (await the.Reviewer.PostAsync("api/tasks/done", new { organisationId = organisation, key = (string?)first["key"] })).Status);
        Assert.Equal(200, (await the.Registrar.PostAsync($"api/recommendations/{id}/pause", new { until = Api.Day(calendar.Add(the.Today, 2)), reason = "A strike" })).Status);

        await the.Service.SkipToAsync(calendar.Add(the.Today, 6), new(12, 0));

        Assert.NotEqual((string?)first["key"], (string?)(await RestsAsync(organisation))["key"]);
        Assert.Equal(2, (await the.Viewer.GetAsync($"api/recommendations/{id}/events")).Items.Count(e => (string?)e["type"] == "ladderEnded"));
    }

    private async Task<JsonNode> RestsAsync(string organisation) =>
        Assert.Single((await the.Viewer.GetAsync("api/tasks")).Items, t => (string?)t["organisationId"] == organisation && (string?)t["kind"] == "ladderEnded");

    private async Task MorningAsync()
    {
        var calendar = FollowUp.Deadlines.WorkingCalendar.Published;
        await the.Service.MoveClockAsync(calendar.Add(the.Today, 1), new(9, 0));
    }

    private async Task<IReadOnlyList<string>> UpwardAsync(string organisation) =>
    [
        .. from entry in (await the.Viewer.GetAsync("api/outlook?days=10")).Items
           where (string?)entry["organisationId"] == organisation && (bool)entry["upward"]!
           select (string)entry["on"]!,
    ];

    private async Task<IReadOnlyList<JsonNode>> EscalationsOfAsync(string id) =>
        [.. (await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items.Where(m => (string?)m["kind"] == "escalation")];

    private List<FollowUp.Local.Mail.KeptMessage> Escalations(string owner) =>
        [.. the.Service.Inbox.Where(m => (m.IsTo(Inspectorate.Address(owner, "main")) || m.IsTo(Inspectorate.Address(owner, "director"))) && Inspectorate.Category(m) == "escalation")];
}
