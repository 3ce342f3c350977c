using System.Collections.Concurrent;
using Azure;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Telemetry;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What a run of the chase has done.</summary>
/// <param name="Planned">Messages planned by this run.</param>
/// <param name="Places">All messages that wait to be sent, those of earlier runs with them.</param>
/// <param name="Held">Steps that are due and wait.</param>
internal sealed record ChaseResult(int Planned, IReadOnlyList<MessagePlace> Places, int Held, IReadOnlyList<string> Failures);

/// <summary>
/// Finds what is due from the agenda up to today and plans it; carries on what an earlier run could not finish. It
/// keeps no position of its own: repeating it is harmless, and missing a run only means that the next one does more.
/// </summary>
internal sealed partial class ChaseRecommendations(
    ReadChaseContext readContext,
    Hints hints,
    MessageHints messageHints,
    IssueInspection issue,
    PlanDue plan,
    OpenDayBudget openBudget,
    SettleMessages settle,
    TasksTable tasks,
    BrakesTable brakes,
    SendingDays days,
    RunsTable runs,
    IOptions<ChasingSettings> settings,
    IClock clock,
    ILogger<ChaseRecommendations> logger)
{
    public const string Job = "ChaseRecommendations";

    public async Task<ChaseResult> RunAsync(CancellationToken stop)
    {
        using var trail = Trail.Run(Job);
        var startedAt = clock.UtcNow;
        var failures = new ConcurrentQueue<string>();
        var context = await readContext.RunAsync(stop);
        var mayChase = settings.Value.MaySendAt(context.Situation.Now, context.Situation.Calendar);
        var agenda = await AgendaAsync(context.Situation.Today, stop);

        foreach (var toIssue in agenda.Where(e => e.Organisation is null).DistinctBy(e => e.Inspection))
        {
            await TryAsync(toIssue.Inspection.ToString(), failures, () => CarryOnIssueAsync(toIssue, context.Situation, stop));
        }

        using var budget = await openBudget.RunAsync(context.Situation, stop);
        var run = mayChase ? await PlanAsync(context, budget, failures, stop) : new PlanRun(context, budget, new HashSet<OrganisationId>());
        var waiting = await settle.RunAsync(run.Planned, run.Raced, context, mayChase, budget, (item, work) => TryAsync(item, failures, work), stop);
        await budget.ReturnAsync(stop);
        await ReportAsync(startedAt, run, waiting, budget.Hold, failures, context.Situation, stop);
        return new ChaseResult(run.Planned.Count, waiting.Places, run.Held, [.. failures]);
    }

    private async Task<PlanRun> PlanAsync(ChaseContext context, DayBudget budget, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        // Issuing has put more on today's agenda
        var due = await AgendaAsync(context.Situation.Today, stop);
        var run = new PlanRun(context, budget, await messageHints.OrganisationsSinceAsync(context.Situation.Today, stop));
        await plan.RunAsync(due, run, (item, work) => TryAsync(item, failures, work), stop);
        foreach (var bad in run.Unreadable)
        {
            failures.Enqueue(bad);
        }

        return run;
    }

    private async Task ReportAsync(DateTimeOffset startedAt, PlanRun run, Waiting waiting, DayHold? hold, ConcurrentQueue<string> failures, Situation situation, CancellationToken stop)
    {
        if (hold is not null)
        {
            await tasks.OpenAsync(Tasks.DayHeld(hold, situation), stop);
        }

        var pulled = await brakes.ReadAsync(stop);
        var today = hold ?? (await days.ReadAsync(situation.Today, stop)).Hold;
        var daysHeld = DayLimitRule.GoesOn((await runs.FindAsync(Job, stop))?.DaysHeld, today, settings.Value.MaySendAt(situation.Now, situation.Calendar));
        await runs.WriteAsync(
            new JobRun
            {
                Job = Job,
                StartedAt = startedAt,
                FinishedAt = clock.UtcNow,
                Planned = run.Planned.Count,
                Rung = waiting.Places.Count,
                Held = run.Held,
                HeldSince = pulled.KillSwitch?.At ?? daysHeld?.Since,
                HeldWhy = pulled.KillSwitch is { } stopped ? $"{stopped.By} has stopped all sending: {stopped.Why}" : daysHeld?.Why,
                DaysHeld = daysHeld,
                RefusedSince = pulled.Refusal?.Since,
                LateSince = pulled.KillSwitch is null ? waiting.LateSince : null,
                Failures = [.. failures.Take(20)],
            },
            stop);
        Log.Finished(logger, run.Planned.Count, waiting.Places.Count, run.Held, failures.Count);
    }

    private async Task<List<AgendaEntry>> AgendaAsync(DateOnly today, CancellationToken stop)
    {
        var entries = new List<AgendaEntry>();
        await foreach (var entry in hints.AgendaUpToAsync(today, stop))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private async Task CarryOnIssueAsync(AgendaEntry entry, Situation situation, CancellationToken stop)
    {
        if (await issue.FindAsync(entry.Inspection, stop) is not { Stage: InspectionStage.Scheduled or InspectionStage.Issuing } waiting || waiting.PublishedOn > situation.Today)
        {
            return;
        }

        if ((await issue.RunAsync(entry.Inspection, Actor.Service, stop)).IsRefused(out var refusal, out _))
        {
            throw new InvalidOperationException(string.Join(' ', refusal.Problems.Select(p => p.Message)));
        }
    }

    /// <summary>One bad item never stops the rest; the run ends as failed all the same.</summary>
    private async ValueTask TryAsync(string item, ConcurrentQueue<string> failures, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is UnreadableRowException or InvalidOperationException or RequestFailedException or IOException)
        {
            failures.Enqueue($"{item}: {failure.Message}");
            Log.ItemFailed(logger, item, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The chase has planned {Planned} messages, {Waiting} wait to be sent, {Held} steps wait, {Failures} items failed.")]
        public static partial void Finished(ILogger logger, int planned, int waiting, int held, int failures);

        [LoggerMessage(Level = LogLevel.Error, Message = "The chase could not deal with {Item}; the rest goes on.")]
        public static partial void ItemFailed(ILogger logger, string item, Exception failure);
    }
}
