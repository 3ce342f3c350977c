using FollowUp.Local.Front;

namespace FollowUp.Local.Clock;

/// <summary>Between moves the clock runs with real time: its position is kept, and the timers follow their schedules by it.</summary>
internal sealed class Ticking(SharedClock clock, ClockMover mover, Timers timers)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        mover.Run();
        var seen = clock.UtcNow;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Tick, cancellationToken);
            clock.Save();
            seen = await mover.Turn.WaitAsync(TimeSpan.Zero, cancellationToken)
                ? await FireDueAsync(seen, cancellationToken)
                : DateTimeOffset.MaxValue;
        }
    }

    private async Task<DateTimeOffset> FireDueAsync(DateTimeOffset seen, CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.UtcNow;
            // Time that a move jumped over has been played by it
            var jumped = now < seen || now - seen > TimeSpan.FromMinutes(1);
            foreach (var timer in jumped ? [] : timers.Due(seen, now).ToList())
                await timers.FireAsync(timer, cancellationToken);
            return now;
        }
        finally
        {
            mover.Turn.Release();
        }
    }
}
