using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>Writes down what a run of the chase has done and what holds it back, and gives staff the tasks that come of it.</summary>
internal sealed partial class ReportChase(TasksTable tasks, ReportUnreadable unread, BrakesTable brakes, SendingDays days, RunsTable runs, IOptions<ChasingSettings> settings, IClock clock, ILogger<ReportChase> logger)
{
    /// <summary>Whether the day is held; where emails may not leave now, whether the run before has left it so, as a night does not end it.</summary>
    public async Task<bool> IsHeldAsync(DayBudget budget, bool maySend, Situation situation, CancellationToken stop) => maySend
        ? budget.Hold is not null || (await days.ReadAsync(situation.Today, situation.Now, [], stop)).Hold is not null
        : (await runs.FindAsync(ChaseRecommendations.Job, [], stop))?.DaysHeld is not null;

    /// <summary>Writes what a run has done.</summary>
    public async Task RunAsync(DateTimeOffset startedAt, PlanRun run, Waiting waiting, RunFailures failures, Situation situation, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var pulled = await brakes.ReadAsync(unreadable, stop);
        var today = run.Budget.Hold ?? (await days.ReadAsync(situation.Today, situation.Now, unreadable, stop)).Hold;
        if (today is not null && !run.Budget.IsUncounted)
        {
            await tasks.OpenAsync(Tasks.DayHeld(today, situation), stop);
        }

        var before = await runs.FindAsync(ChaseRecommendations.Job, unreadable, stop);
        failures.Add(unreadable);
        await unread.RunAsync(failures.Unreadable, stop);
        var daysHeld = DayLimitRule.GoesOn(before?.DaysHeld, today, settings.Value.MaySendAt(situation.Now, situation.Calendar));
        await runs.WriteAsync(
            new JobRun
            {
                Job = ChaseRecommendations.Job,
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
        ReportChaseLog.Finished(logger, run.Planned.Count, waiting.Places.Count, run.Held, failures.All.Count);
    }

    /// <summary>Writes a run in which nothing might be chased, as no date could be trusted.</summary>
    public async Task StoppedAsync(DateTimeOffset startedAt, RunFailures failures, CancellationToken stop)
    {
        await unread.RunAsync(failures.Unreadable, stop);
        await runs.WriteAsync(
            new JobRun { Job = ChaseRecommendations.Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Failures = ["Nothing is chased until the ladder and the holidays can be read.", .. failures.All] }, stop);
        ReportChaseLog.Finished(logger, 0, 0, 0, failures.All.Count);
    }

    private static partial class ReportChaseLog
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The chase has planned {Planned} messages, {Waiting} wait to be sent, {Held} steps wait, {Failures} items failed.")]
        public static partial void Finished(ILogger logger, int planned, int waiting, int held, int failures);
    }
}
