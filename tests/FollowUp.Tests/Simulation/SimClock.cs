using FollowUp.Time;

namespace FollowUp.Tests.Simulation;

/// <summary>The simulation's time, for the domain and for leases alike.</summary>
internal sealed class SimClock(DateTimeOffset start) : TimeProvider, IClock
{
    private DateTimeOffset now = start;

    public DateTimeOffset UtcNow => now;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public void AdvanceTo(DateTimeOffset moment) => now = moment > now ? moment : now;
}
