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
    RegisterTable register,
    IssueInspection issue,
    PlanOrganisation plan,
    RollOver rollOver,
    TasksTable tasks,
    EmailBell bell,
    RunsTable runs,
    IOptions<ChasingSettings> settings,
    IClock clock,
    ILogger<ChaseRecommendations> logger)
{
    public const string Job = "ChaseRecommendations";
    private const int OrganisationsAtOnce = 8;
    private static readonly TimeSpan StaffAreToldAfter = TimeSpan.FromHours(24);

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

        var planned = new ConcurrentBag<MessagePlace>();
        var held = 0;
        if (mayChase)
        {
            // Issuing has put more on today's agenda.
            var due = (await AgendaAsync(context.Situation.Today, stop)).Where(e => e.Organisation is not null).GroupBy(e => e.Organisation!.Value);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = OrganisationsAtOnce, CancellationToken = stop }, (ofOne, token) =>
                TryAsync(ofOne.Key.ToString(), failures, async () =>
                {
                    var ids = ofOne.Select(e => new RecommendationId(e.Inspection, e.Number!.Value)).ToHashSet();
                    var result = await plan.RunAsync(ofOne.Key, ids, context, token);
                    Interlocked.Add(ref held, result.Held);
                    foreach (var place in result.Planned)
                    {
                        planned.Add(place);
                    }
                }));
        }

        var (waiting, since) = await RingForUnsettledAsync([.. planned], context, mayChase, failures, stop);
        await runs.WriteAsync(
            new JobRun { Job = Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Planned = planned.Count, Rung = waiting.Count, Held = held, WaitingSince = since, Failures = [.. failures.Take(20)] }, stop);
        Log.Finished(logger, planned.Count, waiting.Count, held, failures.Count);
        return new ChaseResult(planned.Count, waiting, held, [.. failures]);
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

    /// <summary>Rings again for whatever waits: a bell that nobody heard, a sender that died, a message of an earlier day.</summary>
    private async Task<(IReadOnlyList<MessagePlace> Waiting, DateTimeOffset? Since)> RingForUnsettledAsync(IReadOnlyList<MessagePlace> justPlanned, ChaseContext context, bool mayChase, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        var waiting = new ConcurrentBag<MessagePlace>(justPlanned);
        var fresh = justPlanned.Select(p => p.Mid).ToHashSet();
        var toRing = new ConcurrentBag<MessagePlace>();
        var since = new ConcurrentBag<DateTimeOffset>();
        var unsettled = hints.UnsettledAsync(stop);
        await Parallel.ForEachAsync(unsettled, new ParallelOptions { MaxDegreeOfParallelism = OrganisationsAtOnce, CancellationToken = stop }, (place, token) =>
            fresh.Contains(place.Mid) ? ValueTask.CompletedTask : TryAsync(place.Mid, failures, async () =>
            {
                if (await LookAtAsync(place, context.Situation, mayChase, since, token) is { } alive)
                {
                    waiting.Add(alive);
                    toRing.Add(alive);
                }
            }));
        await bell.RingAsync(toRing.DistinctBy(p => p.Mid), stop);
        return ([.. waiting.DistinctBy(p => p.Mid)], since.IsEmpty ? null : since.Min());
    }

    private async Task<MessagePlace?> LookAtAsync(MessagePlace place, Situation situation, bool mayChase, ConcurrentBag<DateTimeOffset> since, CancellationToken stop)
    {
        var row = await register.FindMessageAsync(place.Organisation, place.RowKey, stop);
        if (row is null || row.Value.Mid != place.Mid)
        {
            // A hint whose transaction was never written; the sweep takes it away.
            return null;
        }

        if (row.Value.IsSettled)
        {
            await hints.SettledAsync(place.Mid, stop);
            return null;
        }

        if (row.Value.IsChasing)
        {
            since.Add(row.Value.WaitingSince);
            if (settings.Value.SendingTimeBetween(row.Value.WaitingSince, situation.Now, situation.Calendar) >= StaffAreToldAfter)
            {
                await tasks.OpenAsync(Tasks.NotAccepted(row.Value, situation), stop);
            }
        }

        var outOfDate = row.Value.IsChasing && row.Value.On < situation.Today && row.Value.Status is MessageStatus.Pending or MessageStatus.Planning;
        return !outOfDate ? place : mayChase ? await rollOver.RunAsync(row, situation, stop) : null;
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
