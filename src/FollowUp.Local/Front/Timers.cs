using System.Collections.Concurrent;
using FollowUp.Local.Clock;
using NCrontab;

namespace FollowUp.Local.Front;

/// <summary>
/// The app's timers. Their schedules are read by the movable clock, which runs with real time between moves; a move
/// itself plays the timers at its own moments.
/// </summary>
internal sealed class Timers(IReadOnlyList<Door> doors, TriggerDoors triggers, SharedClock clock)
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    // The sweep first, so that the chase finds the register's hints repaired; the digest last, to tell of both
    private static readonly string[] Order = ["SweepRegister", "ChaseRecommendations", "SendStaffDigest"];

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _running = new();

    private readonly (Door Door, CrontabSchedule Schedule)[] _timers = [.. doors
        .Where(door => door.IsTimer)
        .OrderBy(door => Array.IndexOf(Order, door.Name) is var place and >= 0 ? place : Order.Length)
        .Select(door => (door, CrontabSchedule.Parse(door.Schedule, WithSeconds)))];

    /// <summary>Fires every timer, one after the other.</summary>
    public async Task<IReadOnlyList<DoorOutcome>> FireAllAsync(CancellationToken cancellationToken)
    {
        var outcomes = new List<DoorOutcome>();
        foreach (var (door, _) in _timers)
            outcomes.Add((await FireAsync(door.Name, cancellationToken))!);
        return outcomes;
    }

    /// <summary>Fires a timer now, after a run of it that is under way; null when there is no such timer.</summary>
    public async Task<DoorOutcome?> FireAsync(string name, CancellationToken cancellationToken)
    {
        var (door, schedule) = _timers.FirstOrDefault(timer => timer.Door.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (door is null)
            return null;

        var single = _running.GetOrAdd(door.Name, _ => new SemaphoreSlim(1));
        await single.WaitAsync(cancellationToken);
        try
        {
            var now = clock.UtcNow;
            DateTimeOffset next = schedule.GetNextOccurrence(now.UtcDateTime);
            var body = HostBodies.Timer(door, _last.TryGetValue(door.Name, out var last) ? last : null, next, now);
            _last[door.Name] = now;
            return await triggers.FireAsync(door, body, cancellationToken);
        }
        finally
        {
            single.Release();
        }
    }

    /// <summary>The timers with an occurrence after one moment, up to another.</summary>
    public IEnumerable<string> Due(DateTimeOffset after, DateTimeOffset until) =>
        from timer in _timers
        where timer.Schedule.GetNextOccurrence(after.UtcDateTime) <= until.UtcDateTime
        select timer.Door.Name;
}
