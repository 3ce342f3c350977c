using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What a sweep has done.</summary>
internal sealed record SweepResult(int Recommendations, IReadOnlyList<string> Failures);

/// <summary>How far a sweep has come, so that one that was interrupted goes on where it was.</summary>
/// <param name="After">The last organisation that it went through.</param>
/// <param name="LeftOff">Whether it ran out of time, so that the next chase carries it on.</param>
public sealed record SweepPosition(string? After, DateTimeOffset StartedAt, int Recommendations, int Repaired, IReadOnlyList<string> Failures, bool LeftOff = false);

/// <summary>
/// Goes through the whole register, organisation by organisation, and writes the hints that every row asks for, so
/// that "never missed" does not rest on hints that were written once; then takes away the hints that lead nowhere.
/// </summary>
internal sealed class SweepRegister(ReadSituation readSituation, RegisterTable register, Hints hints, SweepOrganisation sweepOne, SweepOutside outside, ReportUnreadable report, StaleHints stale, TakeUnknown takeUnknown, TasksTable tasks, RunsTable runs, TellContacts tell, IClock clock, TimeProvider real, ILogger<SweepRegister> logger)
{
    public const string Job = "SweepRegister";
    private static readonly TimeSpan MovesOn = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenPositions = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PositionHolds = TimeSpan.FromHours(26);

    /// <summary>Carries on a sweep that was interrupted. Two at once do no harm: they write the same hints.</summary>
    /// <returns>What failed; nothing when there was none to carry on.</returns>
    public async Task<IReadOnlyList<string>> CarryOnAsync(RunTime time) =>
        !time.IsUp && await runs.IsSweepLeftOffAsync(real.GetUtcNow() - MovesOn, time.Stop) ? (await RunAsync(time)).Failures : [];

    public async Task<SweepResult> RunAsync(RunTime time)
    {
        var stop = time.Stop;
        long? written = null;
        var situation = await readSituation.RunAsync(stop);
        var unreadable = new List<UnreadableRow>();
        var position = await runs.FindPositionAsync(unreadable, stop) is { } left && situation.Now - left.StartedAt < PositionHolds ? left with { LeftOff = false } : new SweepPosition(null, situation.Now, 0, 0, []);
        var (filled, links) = (await register.PartitionsAsync(stop), await hints.LinksAsync(stop));
        foreach (var organisation in situation.Directory.All.Where(o => filled.Contains(o.Id.ToString())).OrderBy(o => o.Id.ToString(), StringComparer.Ordinal).Where(o => string.CompareOrdinal(o.Id.ToString(), position.After) > 0))
        {
            if (time.IsUp)
            {
                // The next chase goes on from here.
                await runs.WritePositionAsync(position with { LeftOff = true }, stop);
                return new SweepResult(position.Recommendations, position.Failures);
            }

            position = await SweepOneAsync(organisation, position, situation, links, stop);
            if (written is null || real.GetElapsedTime(written.Value) > BetweenPositions)
            {
                await runs.WritePositionAsync(position, stop);
                written = real.GetTimestamp();
            }
        }

        position = position with { Failures = [.. position.Failures, .. await LookOutsideAsync(unreadable, situation, stop)] };
        if (situation.Calendar.RunningOut(situation.Today) is { } warning)
        {
            await tasks.OpenAsync(Tasks.HolidaysRunOut(situation.Calendar.KnownUntil, warning, situation), stop);
        }

        var removed = await stale.RemoveAsync(situation, time);
        await runs.WriteAsync(
            new JobRun
            {
                Job = Job,
                StartedAt = position.StartedAt,
                FinishedAt = clock.UtcNow,
                Planned = position.Recommendations,
                Rung = position.Repaired,
                Removed = removed,
                Unknown = await takeUnknown.CountAsync(stop),
                Failures = [.. position.Failures.Take(20)],
            },
            stop);
        await runs.ForgetPositionAsync(stop);
        return new SweepResult(position.Recommendations, position.Failures);
    }

    private async Task<SweepPosition> SweepOneAsync(Organisation organisation, SweepPosition position, Situation situation, IReadOnlySet<(string Hash, string Kind)> links, CancellationToken stop)
    {
        var failures = new RunFailures(Job, logger, stop);
        var unreadable = new List<UnreadableRow>();
        await failures.TryAsync(organisation.Id.ToString(), async () =>
        {
            var (seen, repaired) = await sweepOne.RunAsync(organisation, situation, links, unreadable, failures.TryAsync, stop);
            position = position with { Recommendations = position.Recommendations + seen, Repaired = position.Repaired + repaired };
        });
        failures.Add(unreadable);
        await report.RunAsync(failures.Unreadable, stop);
        return position with { After = organisation.Id.ToString(), Failures = [.. position.Failures, .. failures.All] };
    }

    /// <summary>Tells those who were not told of changed contacts, and looks at what is no organisation's own.</summary>
    private async Task<IReadOnlyList<string>> LookOutsideAsync(IEnumerable<UnreadableRow> known, Situation situation, CancellationToken stop)
    {
        var failures = new RunFailures(Job, logger, stop);
        var unreadable = new List<UnreadableRow>(known);
        await failures.TryAsync("contacts", () => tell.CarryOnAsync(unreadable, stop));
        await takeUnknown.RunAsync(unreadable, failures.TryAsync, stop);
        unreadable.AddRange(await outside.RunAsync(situation, stop));
        failures.Add(unreadable);
        await report.RunAsync(failures.Unreadable, stop);
        return failures.All;
    }

    /// <summary>The day of the agenda on which a row must stand; null when there is none.</summary>
    internal static DateOnly? DueOn(Recommendation state, Situation situation) => state.Move switch
    {
        { Arrived: true } => null,
        not null => situation.Today,
        null => LadderRule.NextOn(situation.Ladder, state.Ask, situation.Calendar),
    };
}
