using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// What one run may still plan for today. It takes from the day's count in small lots, and gives back what it did not use.
/// A run that was killed gives nothing back: before a day is held, its messages are counted anew, and while another run
/// may be under way nobody can, so that what does not fit waits without the day being held.
/// </summary>
/// <param name="days">The days and their counts.</param>
/// <param name="today">The day.</param>
/// <param name="earlier">How many were planned on the days before, the latest first.</param>
/// <param name="settings">What sets the limit.</param>
/// <param name="now">The moment.</param>
/// <param name="uncounted">Why nothing can be counted today; null where it can.</param>
/// <param name="unreadable">The rows of days that cannot be read.</param>
/// <param name="held">Why the day was held when the run began; null when it was not.</param>
/// <param name="count">Counts the day's messages themselves.</param>
/// <param name="real">Real time.</param>
internal sealed class DayBudget(SendingDays days, DateOnly today, IReadOnlyList<int> earlier, ChasingSettings settings, DateTimeOffset now, DayHold? uncounted, DayHold? held, IReadOnlyList<UnreadableRow> unreadable, CountToday count, TimeProvider real) : IDisposable
{
    private const int Lot = 25;

    /// <summary>What a run has taken is its own for so long. One that slept longer neither uses it nor gives it back.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    /// <summary>After so long what others took is written, or was lost with them: their clocks may differ a little.</summary>
    private static readonly TimeSpan LostAfter = GoodFor + TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim one = new(1);
    private int left;
    private DateTimeOffset takenAt;
    private bool hasTaken;
    private bool waits;

    /// <summary>Why nothing more is planned; null while more may be.</summary>
    public DayHold? Hold { get; private set; } = uncounted;

    /// <summary>Whether today's count cannot be read; then nobody can release more either.</summary>
    public bool IsUncounted { get; } = uncounted is not null;

    public IReadOnlyList<UnreadableRow> Unreadable => unreadable;

    /// <summary>Whether others may have counted anew what this run has taken, so that it is not to be written any more.</summary>
    public bool HasLapsed => hasTaken && real.GetUtcNow() >= takenAt + GoodFor;

    /// <summary>Takes so many, or none at all.</summary>
    public async Task<bool> TakeAsync(int wanted, CancellationToken stop)
    {
        if (wanted == 0)
        {
            return true;
        }

        if (HasLapsed)
        {
            // Taking anew would make what it has decided before look good again: the next run goes on
            return false;
        }

        await one.WaitAsync(stop);
        try
        {
            if (left < wanted && Hold is null && !waits)
            {
                await FetchAsync(wanted - left, stop);
            }

            var granted = left >= wanted;
            left -= granted ? wanted : 0;
            return granted;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Takes back what was certainly not written.</summary>
    public async Task GiveBackAsync(int unwritten, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            left += unwritten;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Looks whether a day is still rightly held for which nothing was wanted now.</summary>
    public async Task LookAgainAsync(CancellationToken stop)
    {
        if (held is not null && !IsUncounted && !hasTaken && Hold is null)
        {
            await FetchAsync(1, stop);
        }
    }

    /// <summary>Gives back what was not used.</summary>
    /// <param name="stop">Stops it.</param>
    /// <param name="isWritten">Whether what was used is written; until it is, nobody can count the day.</param>
    public async Task ReturnAsync(CancellationToken stop, bool isWritten = true)
    {
        if (hasTaken)
        {
            await days.ChangeAsync(
                today,
                day => HasLapsed ? day : day with { Planned = Math.Max(0, day.Planned - left), Takers = Math.Max(0, day.Takers - (isWritten ? 1 : 0)) },
                stop);
            (left, hasTaken) = (0, false);
        }
    }

    public void Dispose() => one.Dispose();

    private async Task FetchAsync(int needed, CancellationToken stop)
    {
        var (fetched, isToCount) = (0, false);
        var counted = default(int?);
        var day = await days.ChangeAsync(today, Take, stop);
        if (isToCount)
        {
            counted = await count.PlannedAsync(today, stop);
            day = await days.ChangeAsync(today, Take, stop);
        }

        left += fetched;
        (hasTaken, takenAt) = fetched > 0 ? (true, day.TakenAt!.Value) : (hasTaken, takenAt);
        (Hold, waits) = fetched > 0 ? (null, false) : (day.Hold, true);

        SendingDay Take(SendingDay before)
        {
            var others = before.TakenAt + LostAfter < real.GetUtcNow() ? 0 : before.Takers - (hasTaken ? 1 : 0);
            before = others <= 0 && counted is { } written ? before with { Planned = written } : before;
            var (limit, why) = DayLimitRule.Of(before, earlier, settings);
            var room = limit - before.Planned;
            fetched = room >= needed ? Math.Min(room, Math.Max(Lot, needed)) : 0;
            isToCount = others <= 0 && !hasTaken && counted is null && (fetched == 0 || before.Hold is not null || before.Takers > 0);
            if (isToCount)
            {
                fetched = 0;
                return before;
            }

            if (fetched > 0)
            {
                var isOver = counted is not null || before.Hold?.Limit < limit;
                return before with { Planned = before.Planned + fetched, Hold = isOver ? null : before.Hold, Takers = Math.Max(0, others) + 1, TakenAt = real.GetUtcNow() };
            }

            return others > 0 ? before : before with { Hold = before.Hold ?? new DayHold(now, $"{why.UpperFirst()}.", limit) };
        }
    }
}

/// <summary>Opens a run's budget.</summary>
internal sealed class OpenDayBudget(SendingDays days, CountToday count, IOptions<ChasingSettings> settings, TimeProvider real)
{
    public async Task<DayBudget> RunAsync(Situation situation, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var day = await days.ReadAsync(situation.Today, situation.Now, unreadable, stop);
        var earlier = await days.EarlierAsync(situation.Today, unreadable, stop);
        return new DayBudget(days, situation.Today, earlier, settings.Value, situation.Now, day.IsUncounted ? day.Hold : null, day.Hold, unreadable, count, real);
    }
}
