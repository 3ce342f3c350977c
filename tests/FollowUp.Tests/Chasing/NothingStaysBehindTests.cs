using System.Text.Json.Nodes;
using Azure.Data.Tables;
using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Infrastructure;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What comes between the planning of an email and its end must leave nobody unchased, nothing said twice, and no task without a cause.</summary>
public sealed class NothingStaysBehindTests(Inspectorate the) : IClassFixture<Inspectorate>
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Published;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_digest_of_more_than_a_transaction_holds_goes_once_and_is_chased_on()
    {
        await the.MorningAsync();
        var organisation = await the.OrganisationAsync();
        var id = await the.IssuedAsync([.. Enumerable.Repeat(organisation, 80)]);
        await the.IssuedAsync([.. Enumerable.Repeat(organisation, 45)]);

        await ChaseAsync();
        Assert.Equal("delivered", (string?)Assert.Single(await StoriesAsync(id))["delivery"]);
        await the.SleepUntilAsync(Calendar.Add(await the.DueOnAsync(id), -9));

        Assert.Equal(["notice", "reminder"], Chased(organisation));
        Assert.DoesNotContain("emailFailed", await TasksAsync(organisation));
        var asks = the.Parts.GetRequiredService<RegisterTable>().RecommendationsOfAsync(OrganisationId.Parse(organisation, null), [], Stop);
        Assert.Equal(125, await asks.CountAsync(row => row.Value.Ask.Ladder is { Awaits: null, FirstAcceptedOn: not null }, Stop));
    }

    [Fact]
    public async Task A_deadline_that_moves_before_the_notice_has_gone_is_told_by_the_notice()
    {
        await the.MorningAsync();
        await StopSendingAsync();
        var (organisation, id) = await the.RecommendationAsync();
        var (paused, other) = await the.RecommendationAsync();
        await ChaseAsync();
        var later = Calendar.Add(await the.DueOnAsync(id), 3);
        Assert.Equal(200, (await the.Registrar.PostAsync($"api/recommendations/{id}/extend", new { dueOn = Api.Day(later), reason = "A strike" })).Status);
        var until = Calendar.Add(the.Today, 2);
        Assert.Equal(200, (await the.Registrar.PostAsync($"api/recommendations/{other}/pause", new { until = Api.Day(until), reason = "A flood" })).Status);
        await ResumeSendingAsync();

        await the.Service.MoveClockAsync(Calendar.Add(until, 1), new(12, 0));

        Assert.Equal("notice", Inspectorate.Category(Assert.Single(the.To(Inspectorate.Address(organisation, "main")))));
        Assert.Contains($"{later:d MMMM yyyy}", Inspectorate.TextOf(the.To(Inspectorate.Address(organisation, "main"))[0]), StringComparison.Ordinal);
        var notice = Assert.Single(the.To(Inspectorate.Address(paused, "main")));
        Assert.Equal(("notice", Calendar.Add(until, 1)), (Inspectorate.Category(notice), notice.ReceivedAt.LondonDate()));
        await the.SleepUntilAsync(Calendar.Add(later, -9));
        Assert.Equal(["notice", "reminder"], Chased(organisation));
    }

    [Fact]
    public async Task A_notice_that_leaves_late_has_no_reminder_on_its_heels()
    {
        await the.MorningAsync();
        var organisation = await the.OrganisationAsync();
        var form = the.Form(organisation);
        var draft = await the.Registrar.PostAsync("api/inspections", form with { Recommendations = [form.Recommendations![0] with { ResponseDueOn = Calendar.Add(the.Today, 11) }] });
        await the.Registrar.PostAsync($"api/inspections/{draft.Word("id")}/issue");
        await StopSendingAsync();
        await ChaseAsync();
        await ResumeSendingAsync();

        // The first reminder would fall on this day
        await the.Service.MoveClockAsync(Calendar.Add(the.Today, 1), new(9, 0));
        await ChaseAsync();
        Assert.Equal(["notice"], Chased(organisation));
        await the.Service.MoveClockAsync(Calendar.Add(the.Today, 4), new(12, 0));

        Assert.Equal(["notice"], Chased(organisation));
    }

    [Fact]
    public async Task An_end_that_was_typed_by_mistake_gives_one_task_at_once_and_loses_no_email_once_it_is_corrected()
    {
        await the.MorningAsync();
        await StopSendingAsync();
        var (organisation, _) = await the.RecommendationAsync();
        await ChaseAsync();

        Assert.Equal(200, (await SaveAsync(organisation, Calendar.Add(the.Today, -1))).Status);
        Assert.Contains("organisationEnded", await TasksAsync(organisation));
        await ResumeSendingAsync();
        await the.Service.MoveClockAsync(the.Today, new(9, 30));
        await ChaseAsync();
        Assert.Empty(Chased(organisation));

        // Today's email to each of them is closed
        Assert.Equal(200, (await SaveAsync(organisation, null)).Status);
        await the.MorningAsync();
        Assert.Equal(["notice"], Chased(organisation));
        await the.Service.FireAsync("SweepRegister");
        Assert.DoesNotContain("organisationEnded", await TasksAsync(organisation));

        // Another end is another task
        Assert.Equal(200, (await SaveAsync(organisation, Calendar.Add(the.Today, -2))).Status);
        Assert.Contains("organisationEnded", await TasksAsync(organisation));
    }

    [Fact]
    public async Task An_email_that_is_lost_with_its_row_is_planned_again_by_the_sweep()
    {
        await the.MorningAsync();
        await StopSendingAsync();
        var (organisation, _) = await the.RecommendationAsync();
        await ChaseAsync();
        var register = Table("Register");
        await foreach (var row in register.QueryAsync<TableEntity>(Keys.StartingWith(organisation, "msg|"), cancellationToken: Stop))
            await register.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Stop);
        await ResumeSendingAsync();
        the.Service.Stack.Clock.StandAt(the.Service.Now.AddHours(2));

        await the.Service.FireAsync("SweepRegister");
        await ChaseAsync();

        Assert.Equal(["notice"], Chased(organisation));
    }

    [Fact]
    public async Task Hints_that_nobody_can_read_stop_neither_the_chase_nor_the_sweep_nor_a_page()
    {
        await the.MorningAsync();
        var garbled = new[] { ("Agenda", Api.Day(the.Today), $"{the.StrangerOrganisation}|nowhere-2017-08|xx"), ("Worklists", "open", $"{Api.Day(the.Today)}|{the.StrangerOrganisation}|nowhere-2017-08|xx"), ("Worklists", "review", $"{Api.Day(the.Today)}|a|b|") };
        foreach (var (table, partition, row) in garbled)
            await Table(table).UpsertEntityAsync(new TableEntity(partition, row), cancellationToken: Stop);
        var (organisation, _) = await the.RecommendationAsync();

        await ChaseAsync();
        await the.Service.FireAsync("SweepRegister");
        await the.Service.FireAsync("SendStaffDigest");

        Assert.Equal(["notice"], Chased(organisation));
        Assert.Equal(200, (await the.Viewer.GetAsync("api/recommendations")).Status);
    }

    [Fact]
    public async Task A_row_with_nothing_where_something_must_be_stops_nobody_else()
    {
        await the.MorningAsync();
        var (damaged, id) = await the.RecommendationAsync();
        var (organisation, _) = await the.RecommendationAsync();
        await WithNullAskAsync(damaged, id, async () =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(ChaseAsync);
            await the.Service.SettleAsync();
            await Assert.ThrowsAsync<InvalidOperationException>(() => the.Service.FireAsync("SweepRegister"));
            Assert.Equal(["notice"], Chased(organisation));
            Assert.Contains("unreadableRow", await TasksAsync(damaged));
        });

        Assert.Empty(Chased(damaged));
        await ChaseAsync();
        Assert.Equal(["notice"], Chased(damaged));
    }

    [Fact]
    public async Task A_report_that_waits_for_its_day_is_foreseen_and_is_issued_though_its_hint_is_lost()
    {
        await the.MorningAsync();
        var organisation = await the.OrganisationAsync();
        var day = Calendar.Add(the.Today, 2);
        var draft = await the.Registrar.PostAsync("api/inspections", the.Form(organisation) with { PublishedOn = day });
        await the.Registrar.PostAsync($"api/inspections/{draft.Word("id")}/issue");
        Assert.Equal(Api.Day(day), (string?)(await the.Viewer.GetAsync("api/outlook?days=30")).Items.First(e => (string?)e["organisationId"] == organisation)["on"]);
        await foreach (var hint in Table("Agenda").QueryAsync<TableEntity>(h => h.PartitionKey == Api.Day(day), cancellationToken: Stop))
            await Table("Agenda").DeleteEntityAsync(hint.PartitionKey, hint.RowKey, cancellationToken: Stop);

        await the.Service.MoveClockAsync(day, new(12, 0));

        Assert.Equal(["notice"], Chased(organisation));
    }

    [Fact]
    public async Task Tasks_end_with_their_cause_and_count_no_more_once_they_are_done()
    {
        await the.MorningAsync();
        var (organisation, id) = await the.RecommendationAsync();
        await StopSendingAsync();
        await the.Service.MoveClockAsync(Calendar.Add(the.Today, 3), new(17, 0));
        Assert.Contains("emailFailed", await TasksAsync(organisation));
        await ResumeSendingAsync();
        await the.Service.MoveClockAsync(Calendar.Add(the.Today, 1), new(12, 0));
        Assert.Empty(await TasksAsync(organisation));

        var due = await the.DueOnAsync(id);
        for (var days = -1; days < 60; days += 9)
            await the.SleepUntilAsync(Calendar.Add(due, days));
        Assert.Contains("ladderEnded", await TasksAsync(organisation));
        await the.AnswerAsync(organisation, id);
        Assert.Empty(await TasksAsync(organisation));

        var tasks = the.Parts.GetRequiredService<TasksTable>();
        var ended = new StaffTask { Key = Inspectorate.Fresh("ended"), Kind = TaskKind.OrganisationEnded, OrganisationId = OrganisationId.Parse(organisation, null), What = "Look", Why = "It ended", Since = the.Service.Now };
        await tasks.OpenAsync(ended, Stop);
        await tasks.FinishAsync(ended.OrganisationId, ended.Key, the.Service.Now, "Ada", Stop);
        var open = await tasks.CountOpenAsync(Stop);
        await tasks.OpenAsync(ended, Stop);
        Assert.Equal(open, await tasks.CountOpenAsync(Stop));
    }

    private async Task StopSendingAsync() => Assert.Equal(200, (await the.Administrator.PostAsync("api/sending/stop", new { reason = "An outage" })).Status);

    private async Task ResumeSendingAsync() => Assert.Equal(200, (await the.Administrator.PostAsync("api/sending/resume")).Status);

    private TableClient Table(string name) => new(the.Service.StorageConnectionString, name);

    private Task ChaseAsync() => the.Service.FireAsync("ChaseRecommendations");

    /// <summary>Does something while the state of a recommendation has nothing where its ask must be.</summary>
    private async Task WithNullAskAsync(string organisation, string id, Func<Task> work)
    {
        var row = (await Table("Register").GetEntityAsync<TableEntity>(organisation, RegisterTable.StateKey(RecommendationId.Parse(id, null)), cancellationToken: Stop)).Value;
        var sound = row.GetString("json0");
        var damaged = JsonNode.Parse(sound)!.AsObject();
        damaged["ask"] = null;
        try
        {
            row["json0"] = damaged.ToJsonString();
            await Table("Register").UpdateEntityAsync(row, global::Azure.ETag.All, TableUpdateMode.Replace, Stop);
            await work();
        }
        finally
        {
            row["json0"] = sound;
            await Table("Register").UpdateEntityAsync(row, global::Azure.ETag.All, TableUpdateMode.Replace, Stop);
        }
    }

    private async Task<ApiAnswer> SaveAsync(string organisation, DateOnly? until) => await the.Registrar.PutAsync($"api/organisations/{organisation}", new
    {
        name = $"The organisation {organisation}",
        kind = "crc",
        until = until is { } day ? Api.Day(day) : null,
        contacts = new[] { Inspectorate.Contact(organisation), Inspectorate.Contact(organisation, "second"), Inspectorate.Contact(organisation, "director") },
    });

    private List<string> Chased(string organisation) =>
        [.. the.To(Inspectorate.Address(organisation, "main")).Where(Inspectorate.IsChasing).Select(Inspectorate.Category)];

    private async Task<IReadOnlyList<JsonNode>> StoriesAsync(string id) => [.. (await the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items];

    private async Task<IReadOnlyList<string?>> TasksAsync(string organisation) =>
        [.. (await the.Viewer.GetAsync("api/tasks")).Items.Where(t => (string?)t["organisationId"] == organisation).Select(t => (string?)t["kind"])];
}
