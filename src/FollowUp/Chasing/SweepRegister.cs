using System.Diagnostics;
using Azure;
using FollowUp.Evidence;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What a sweep has done.</summary>
internal sealed record SweepResult(int Recommendations, IReadOnlyList<string> Failures);

/// <summary>How far a sweep has come, so that one that was interrupted goes on where it was.</summary>
/// <param name="After">The last organisation that it went through.</param>
public sealed record SweepPosition(string? After, DateTimeOffset StartedAt, int Recommendations, int Repaired, IReadOnlyList<string> Failures);

/// <summary>
/// Goes through the whole register, organisation by organisation, and writes the hints that every row asks for, so
/// that "never missed" does not rest on hints that were written once; then takes away the hints that lead nowhere.
/// </summary>
internal sealed partial class SweepRegister(ReadSituation readSituation, RegisterTable register, Hints hints, MessageHints messageHints, StaleHints stale, SweepFiles files, TasksTable tasks, RunsTable runs, IClock clock, ILogger<SweepRegister> logger)
{
    public const string Job = "SweepRegister";
    private const int DaysOfMessages = 60;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan PositionHolds = TimeSpan.FromHours(26);

    public async Task<SweepResult> RunAsync(CancellationToken stop)
    {
        var running = Stopwatch.StartNew();
        var situation = await readSituation.RunAsync(stop);
        var position = await runs.FindPositionAsync(stop) is { } left && situation.Now - left.StartedAt < PositionHolds ? left : new SweepPosition(null, situation.Now, 0, 0, []);
        foreach (var organisation in situation.Directory.All.OrderBy(o => o.Id.ToString(), StringComparer.Ordinal).Where(o => string.CompareOrdinal(o.Id.ToString(), position.After) > 0))
        {
            if (running.Elapsed > LongestRun)
            {
                // The position is stored: the next run goes on from here.
                return new SweepResult(position.Recommendations, position.Failures);
            }

            position = await SweepOneAsync(organisation, position, situation, stop);
            await runs.WritePositionAsync(position, stop);
        }

        var removed = await stale.RemoveAsync(situation, stop);
        await runs.WriteAsync(
            new JobRun
            {
                Job = Job,
                StartedAt = position.StartedAt,
                FinishedAt = clock.UtcNow,
                Planned = position.Recommendations,
                Rung = position.Repaired,
                Removed = removed,
                Failures = [.. position.Failures.Take(20)],
            },
            stop);
        await runs.ForgetPositionAsync(stop);
        return new SweepResult(position.Recommendations, position.Failures);
    }

    private async Task<SweepPosition> SweepOneAsync(Organisation organisation, SweepPosition position, Situation situation, CancellationToken stop)
    {
        var unreadable = new List<string>();
        try
        {
            var (seen, written) = await RepairAsync(organisation, situation, unreadable, stop);
            position = position with { Recommendations = position.Recommendations + seen, Repaired = position.Repaired + written };
        }
        catch (RequestFailedException failure)
        {
            unreadable.Add($"{organisation.Id}: {failure.Message}");
            Log.ItemFailed(logger, organisation.Id.ToString(), failure);
        }

        foreach (var bad in unreadable)
        {
            await tasks.OpenAsync(Tasks.Unreadable(organisation, bad, situation), stop);
        }

        return position with { After = organisation.Id.ToString(), Failures = [.. position.Failures, .. unreadable] };
    }

    private async Task<(int Seen, int Written)> RepairAsync(Organisation organisation, Situation situation, List<string> unreadable, CancellationToken stop)
    {
        var (seen, written) = (0, 0);
        await foreach (var row in register.AllRowsOfAsync(organisation.Id, stop, unreadable))
        {
            seen++;
            if (row.Value.Move is null)
            {
                await hints.ListAsync(row.Value, stop);
            }

            if (DueOn(row.Value, situation) is { } next)
            {
                await hints.RememberAsync(next, organisation.Id, row.Value.Id, stop);
                written++;
            }
        }

        await foreach (var row in register.MessagesAsync(organisation.Id, situation.Today.AddDays(-DaysOfMessages), stop, unreadable))
        {
            if (!row.Value.IsSettled)
            {
                await messageHints.LeadToAsync(new MessagePlace(row.Value.Mid, organisation.Id, row.RowKey), stop);
                written++;
            }
        }

        await foreach (var row in register.LinksAsync(organisation.Id, stop))
        {
            if (row.Value.IsLive && await hints.FindLinkAsync(row.Value.Hash, stop) is null)
            {
                await hints.LeadToLinkAsync(row.Value.Hash, organisation.Id, stop);
                written++;
            }
        }

        await foreach (var task in tasks.AllOfAsync(organisation.Id, stop))
        {
            if (task.DoneAt is null)
            {
                await tasks.ListAsync(task, stop);
                written++;
            }
        }

        written += await files.RunAsync(organisation.Id, unreadable, stop);
        return (seen, written);
    }

    /// <summary>The day of the agenda on which a row must stand; null when there is none.</summary>
    internal static DateOnly? DueOn(Recommendation state, Situation situation) => state.Move switch
    {
        { Arrived: true } => null,
        not null => situation.Today,
        null => LadderRule.NextOn(situation.Ladder, state.Ask, situation.Calendar),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The sweep could not go through {Item}; the rest goes on.")]
        public static partial void ItemFailed(ILogger logger, string item, Exception failure);
    }
}
