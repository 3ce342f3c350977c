using FollowUp.Local.Front;
using FollowUp.Local.Mail;
using FollowUp.Time;

namespace FollowUp.Local.Clock;

/// <summary>
/// Plays the days between now and a later moment: all timers at 09:00 of each London day, and once more on arrival.
/// The clock stands still at each step until the queue is empty and every webhook is answered.
/// </summary>
internal sealed class ClockMover(SharedClock clock, Timers timers, QueuePump queue, EventWebhooks webhooks, bool runsBetween)
{
    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Held by whoever moves the clock or fires a timer by its schedule.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Moves the clock and returns when all of it has happened; null when the moment has passed already.</summary>
    /// <param name="destination">The moment to arrive at, worked out when the clock is ours to move.</param>
    /// <param name="cancellationToken">Ends the move where it is.</param>
    /// <returns>What failed on the way.</returns>
    public async Task<IReadOnlyList<DoorOutcome>?> MoveAsync(Func<DateTimeOffset, DateTimeOffset> destination, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            var from = clock.UtcNow;
            var to = destination(from);
            if (to < from)
                return null;

            var outcomes = new List<DoorOutcome>();
            foreach (var moment in Mornings(from, to).Append(to))
                outcomes.AddRange(await PlayAsync(moment, cancellationToken));
            return outcomes.FindAll(outcome => !outcome.Succeeded);
        }
        finally
        {
            Run();
            Turn.Release();
        }
    }

    /// <summary>Lets time pass, unless the clock only moves by hand.</summary>
    public void Run()
    {
        if (runsBetween)
            clock.Run();
    }

    /// <summary>Waits until nothing is left to send or to report.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (!await IsSettledAsync(limit.Token))
                await Task.Delay(20, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The queue was not empty, or a webhook not answered, within {Patience.TotalMinutes} minutes.");
        }
    }

    private static IEnumerable<DateTimeOffset> Mornings(DateTimeOffset from, DateTimeOffset to)
    {
        for (var day = from.LondonDate(); day <= to.LondonDate(); day = day.AddDays(1))
        {
            var morning = LondonTime.At(day, Morning);
            if (morning > from && morning <= to)
                yield return morning;
        }
    }

    private async Task<IReadOnlyList<DoorOutcome>> PlayAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        clock.StandAt(moment);
        await SettleAsync(cancellationToken);
        var outcomes = await timers.FireAllAsync(cancellationToken);
        await SettleAsync(cancellationToken);
        return outcomes;
    }

    // In this order: answering a webhook may put something on the queue, and sending it brings a webhook
    private async Task<bool> IsSettledAsync(CancellationToken cancellationToken) =>
        await queue.IsEmptyAsync(cancellationToken) && webhooks.AreAnswered && await queue.IsEmptyAsync(cancellationToken) && webhooks.AreAnswered;
}
