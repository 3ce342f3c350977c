using System.Collections.Concurrent;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>The messages that wait to be sent, and since when the longest of them is late.</summary>
internal sealed record Waiting(IReadOnlyList<MessagePlace> Places, DateTimeOffset? LateSince);

/// <summary>Looks after messages that are not settled: a bell that nobody heard, a sender that died, a message of an earlier day.</summary>
internal sealed class SettleMessages(MessageHints hints, RegisterTable register, PlanOrganisation plan, RollOver rollOver, RecordSending record, TasksTable tasks, EmailBell bell, IOptions<ChasingSettings> settings, TimeProvider real)
{
    /// <summary>
    /// Moves what chasing emails of earlier days had to say to today's, which are not rung for yet. One whose sender ended
    /// with its claim may have left: the ladder has to know that before it goes on.
    /// </summary>
    public async Task RollOverAsync(ChaseContext context, DayBudget budget, Func<string, Func<Task>, ValueTask> tryAsync, CancellationToken stop) =>
        await Parallel.ForEachAsync(hints.UnsettledAsync(stop, before: context.Situation.Today), Bounded(stop), (place, token) => tryAsync(place.Mid, async () =>
        {
            if (await FindAsync(place, token) is not { } row || !row.Value.IsChasing || row.Value.On >= context.Situation.Today)
            {
                return;
            }

            if (SendRule.IsLeft(row.Value, real.GetUtcNow()))
            {
                await record.UnknownAsync(row, "The sender ended before the outcome was recorded.", context, token);
            }
            else if (MovesOn(row.Value, context.Situation))
            {
                await rollOver.RunAsync(row, context.Situation, budget, token);
            }
        }));

    /// <param name="run">What was planned just now.</param>
    /// <param name="isHeld">Whether the day is held: then nothing is late that waits for its room.</param>
    /// <param name="tryAsync">Does something for an item, whose failure stops nothing else.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<Waiting> RunAsync(PlanRun run, bool isHeld, Func<string, Func<Task>, ValueTask> tryAsync, CancellationToken stop)
    {
        var (context, justPlanned, raced) = (run.Context, run.Planned, run.Raced);
        var waiting = new ConcurrentBag<MessagePlace>(justPlanned);
        var fresh = justPlanned.Select(p => p.Mid).ToHashSet();
        var toRing = new ConcurrentBag<MessagePlace>();
        var late = new ConcurrentBag<DateTimeOffset>();
        await Parallel.ForEachAsync(
            hints.UnsettledAsync(stop),
            Bounded(stop),
            (place, token) => fresh.Contains(place.Mid) ? ValueTask.CompletedTask : tryAsync(place.Mid, async () =>
            {
                if (await FindAsync(place, token) is not { } row)
                {
                    return;
                }

                var waitsForRoom = isHeld && row.Value.IsChasing && row.Value.On < context.Situation.Today && MovesOn(row.Value, context.Situation);
                if (!waitsForRoom && await JudgeAsync(row.Value, context.Situation, token) is { } since)
                {
                    late.Add(since);
                }

                foreach (var alive in await LookAtAsync(place, row, raced, context, token))
                {
                    waiting.Add(alive);
                    toRing.Add(alive);
                }
            }));
        await hints.ClearSettledAsync(stop);
        await bell.RingAsync(toRing.DistinctBy(p => p.Mid), stop);
        return new Waiting([.. waiting.DistinctBy(p => p.Mid)], late.IsEmpty ? null : late.Min());
    }

    /// <summary>The row, unless it is settled or was never written: the sweep takes away what leads nowhere.</summary>
    private async Task<Row<Message>?> FindAsync(MessagePlace place, CancellationToken stop)
    {
        var row = await register.FindMessageAsync(place.Organisation, place.RowKey, stop);
        if (row is null || row.Value.Mid != place.Mid)
        {
            return null;
        }

        if (row.Value.IsSettled)
        {
            await hints.SettledAsync(place.Mid, stop);
            return null;
        }

        return row;
    }

    /// <summary>Since when it is late; a person is told when that is long.</summary>
    private async Task<DateTimeOffset?> JudgeAsync(Message message, Situation situation, CancellationToken stop)
    {
        var since = message.WaitingSince;
        var waited = settings.Value.SendingTimeBetween(since, situation.Now, situation.Calendar);
        if (waited >= settings.Value.TaskAfter)
        {
            await tasks.OpenAsync(Tasks.NotAccepted(message, since, situation), stop);
        }

        return (message.IsChasing || Recommendations.Letters.OpensAsk(message.Letter)) && waited >= settings.Value.LateAfter ? since : null;
    }

    private async Task<IReadOnlyList<MessagePlace>> LookAtAsync(MessagePlace place, Row<Message> row, IReadOnlySet<OrganisationId> raced, ChaseContext context, CancellationToken stop)
    {
        var situation = context.Situation;
        var message = row.Value;
        var earlier = message.On < situation.Today;
        if (message.Kind == MessageKind.StaffDigest && earlier && message.Status is MessageStatus.Pending or MessageStatus.Unknown)
        {
            await record.EndedAsync(row, MessageStatus.Withdrawn, "The day that it told of has passed.", context, stop);
            return [];
        }

        if (message.Status == MessageStatus.Planning && !earlier)
        {
            return raced.Contains(message.OrganisationId) ? [] : await plan.FinishAsync(message.OrganisationId, situation, stop);
        }

        // What could not move to today's message waits for the next working day's, or for one that has not been planned yet
        var waits = message.On > situation.Today || message.IsChasing && earlier && MovesOn(message, situation);
        return waits ? [] : [place];
    }

    private ParallelOptions Bounded(CancellationToken stop) =>
        new() { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current };

    /// <summary>Whether today's message takes it over: what nobody is at, and what has been unknown for long enough and may be repeated.</summary>
    private static bool MovesOn(Message message, Situation situation) =>
        message.Status is MessageStatus.Pending or MessageStatus.Planning
        || message is { Status: MessageStatus.Unknown, Attempts: < 2, Repeats: false } && (message.NotBefore is not { } until || until <= situation.Now);
}
