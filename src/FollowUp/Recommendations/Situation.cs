using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Recommendations;

/// <summary>What a rule may know besides the recommendation: the day, the calendar, the ladder and the directory.</summary>
public sealed record Situation(DateTimeOffset Now, DateOnly Today, WorkingCalendar Calendar, Ladder Ladder, OrganisationDirectory Directory)
{
    /// <summary>How long organisations have for their answers.</summary>
    public DeadlinesSettings Deadlines { get; init; } = new();

    /// <summary>The same at another moment.</summary>
    public Situation At(DateTimeOffset moment) => this with { Now = moment, Today = moment.LondonDate() };
}

/// <summary>Reads the present situation: one small row says whether what was read before still holds.</summary>
internal sealed class ReadSituation(IClock clock, ChangeStamp stamp, CalendarTable calendar, LadderTable ladder, OrganisationsTable organisations, IOptions<DeadlinesSettings> deadlines, TimeProvider real)
{
    private readonly Kept<Situation> kept = new(real);

    public async Task<Situation> RunAsync(CancellationToken stop) => await RunAsync(await stamp.ReadAsync(stop), stop);

    /// <param name="stampAsRead">The stamp, for whoever has read it already.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<Situation> RunAsync(string? stampAsRead, CancellationToken stop) =>
        (await kept.GetAsync(stampAsRead, () => ReadAsync(stop))).At(clock.UtcNow);

    private async Task<Situation> ReadAsync(CancellationToken stop)
    {
        var reading = calendar.ReadAsync(stop);
        var climbing = ladder.ReadAsync(stop);
        var directory = await organisations.ReadAllAsync(stop);
        var now = clock.UtcNow;
        return new Situation(now, now.LondonDate(), await reading, await climbing, directory) { Deadlines = deadlines.Value };
    }
}
