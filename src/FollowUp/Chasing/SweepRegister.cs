using Azure;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What a sweep has done.</summary>
internal sealed record SweepResult(int Recommendations, IReadOnlyList<string> Failures);

/// <summary>
/// Goes through the whole register and writes the hints that every state asks for, so that "never missed" does not
/// rest on hints that were written once. Writing a hint again is harmless.
/// </summary>
internal sealed partial class SweepRegister(ReadSituation readSituation, RegisterTable register, Hints hints, RunsTable runs, IClock clock, ILogger<SweepRegister> logger)
{
    public const string Job = "SweepRegister";

    public async Task<SweepResult> RunAsync(CancellationToken stop)
    {
        var startedAt = clock.UtcNow;
        var situation = await readSituation.RunAsync(stop);
        var failures = new List<string>();
        var seen = 0;
        foreach (var organisation in situation.Directory.All)
        {
            try
            {
                seen += await SweepOneAsync(organisation, situation, stop);
            }
            catch (Exception failure) when (failure is UnreadableRowException or RequestFailedException)
            {
                failures.Add($"{organisation.Id}: {failure.Message}");
                Log.ItemFailed(logger, organisation.Id.ToString(), failure);
            }
        }

        await runs.WriteAsync(new JobRun { Job = Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Planned = seen, Failures = [.. failures.Take(20)] }, stop);
        return new SweepResult(seen, failures);
    }

    private async Task<int> SweepOneAsync(Organisation organisation, Situation situation, CancellationToken stop)
    {
        var seen = 0;
        await foreach (var row in register.AllRowsOfAsync(organisation.Id, stop))
        {
            if (row.Value.Move is { } move)
            {
                if (!move.Arrived)
                {
                    await hints.RememberAsync(situation.Today, organisation.Id, row.Value.Id, stop);
                }

                continue;
            }

            seen++;
            await hints.ListAsync(row.Value, stop);
            if (LadderRule.NextOn(situation.Ladder, row.Value.Ask, situation.Calendar) is { } next)
            {
                await hints.RememberAsync(next, organisation.Id, row.Value.Id, stop);
            }
        }

        await foreach (var row in register.MessagesAsync(organisation.Id, situation.Today.AddDays(-7), stop))
        {
            if (!row.Value.IsSettled)
            {
                await hints.LeadToMessageAsync(new MessagePlace(row.Value.Mid, organisation.Id, row.RowKey), stop);
            }
        }

        return seen;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The sweep could not go through {Item}; the rest goes on.")]
        public static partial void ItemFailed(ILogger logger, string item, Exception failure);
    }
}
