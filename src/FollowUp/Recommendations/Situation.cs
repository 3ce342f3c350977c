using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>What a rule may know besides the recommendation: the day, the calendar, the ladder and the directory.</summary>
public sealed record Situation(DateTimeOffset Now, DateOnly Today, WorkingCalendar Calendar, Ladder Ladder, OrganisationDirectory Directory);

/// <summary>Reads the present situation.</summary>
internal sealed class ReadSituation(IClock clock, CalendarTable calendar, LadderTable ladder, OrganisationsTable organisations)
{
    public async Task<Situation> RunAsync(CancellationToken stop)
    {
        var reading = calendar.ReadAsync(stop);
        var climbing = ladder.ReadAsync(stop);
        var directory = await organisations.ReadAllAsync(stop);
        var now = clock.UtcNow;
        return new Situation(now, now.LondonDate(), await reading, await climbing, directory);
    }
}
