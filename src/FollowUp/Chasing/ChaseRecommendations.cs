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
    ReportUnreadable report,
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
        var failures = new RunFailures(Job, logger);
        if (await ReadContextAsync(failures, stop) is not { } context)
        {
            return await StopAsync(startedAt, failures, stop);
        }

        var mayChase = settings.Value.MaySendAt(context.Situation.Now, context.Situation.Calendar);
        var agenda = await AgendaAsync(context.Situation.Today, stop);

        foreach (var toIssue in agenda.Where(e => e.Organisation is null).DistinctBy(e => e.Inspection))
        {
            await failures.TryAsync(toIssue.Inspection.ToString(), () => CarryOnIssueAsync(toIssue, context.Situation, stop));
        }

        using var budget = await openBudget.RunAsync(context.Situation, stop);
        var run = mayChase ? await PlanAsync(context, budget, failures, stop) : new PlanRun(context, budget, new HashSet<OrganisationId>());
        var waiting = await settle.RunAsync(run.Planned, run.Raced, context, mayChase, budget, failures.TryAsync, stop);
        await budget.ReturnAsync(stop);
        failures.Add([.. context.Unreadable, .. budget.Unreadable, .. run.Unreadable]);
        await ReportAsync(startedAt, run, waiting, failures, context.Situation, stop);
        return new ChaseResult(run.Planned.Count, waiting.Places, run.Held, failures.All);
    }

    /// <summary>What the run knows; null when a row of the ladder or of the holidays cannot be read, without which no date can be trusted.</summary>
    private async Task<ChaseContext?> ReadContextAsync(RunFailures failures, CancellationToken stop)
    {
        try
        {
            return await readContext.RunAsync(stop);
        }
        catch (UnreadableRowException damage)
        {
            failures.Add([damage.Row]);
            return null;
        }
    }

    /// <summary>Ends a run in which nothing may be chased.</summary>
    private async Task<ChaseResult> StopAsync(DateTimeOffset startedAt, RunFailures failures, CancellationToken stop)
    {
        await report.RunAsync(failures.Unreadable, stop);
        await runs.WriteAsync(new JobRun { Job = Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Failures = ["Nothing is chased until the ladder and the holidays can be read.", .. failures.All] }, stop);
        Log.Finished(logger, 0, 0, 0, failures.All.Count);
        return new ChaseResult(0, [], 0, failures.All);
    }

    private async Task<PlanRun> PlanAsync(ChaseContext context, DayBudget budget, RunFailures failures, CancellationToken stop)
    {
        // Issuing has put more on today's agenda
        var due = await AgendaAsync(context.Situation.Today, stop);
        var run = new PlanRun(context, budget, await messageHints.OrganisationsSinceAsync(context.Situation.Today, stop));
        await plan.RunAsync(due, run, failures.TryAsync, stop);
        return run;
    }

    private async Task ReportAsync(DateTimeOffset startedAt, PlanRun run, Waiting waiting, RunFailures failures, Situation situation, CancellationToken stop)
    {
        var hold = run.Budget.Hold;
        if (hold is not null && !run.Budget.IsUncounted)
        {
            await tasks.OpenAsync(Tasks.DayHeld(hold, situation), stop);
        }

        var unreadable = new List<UnreadableRow>();
        var pulled = await brakes.ReadAsync(unreadable, stop);
        var today = hold ?? (await days.ReadAsync(situation.Today, situation.Now, unreadable, stop)).Hold;
        var before = await runs.FindAsync(Job, unreadable, stop);
        failures.Add(unreadable);
        await report.RunAsync(failures.Unreadable, stop);
        var daysHeld = DayLimitRule.GoesOn(before?.DaysHeld, today, settings.Value.MaySendAt(situation.Now, situation.Calendar));
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
                Failures = [.. failures.All.Take(20)],
            },
            stop);
        Log.Finished(logger, run.Planned.Count, waiting.Places.Count, run.Held, failures.All.Count);
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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The chase has planned {Planned} messages, {Waiting} wait to be sent, {Held} steps wait, {Failures} items failed.")]
        public static partial void Finished(ILogger logger, int planned, int waiting, int held, int failures);
    }
}
