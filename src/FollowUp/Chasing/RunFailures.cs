using System.Collections.Concurrent;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>What went wrong in a run. One bad item never stops the rest; the run ends as failed all the same.</summary>
/// <param name="job">The job, for the log.</param>
/// <param name="logger">Where each failure is logged.</param>
/// <param name="stop">What ends the whole run, and is no item's failure.</param>
internal sealed partial class RunFailures(string job, ILogger logger, CancellationToken stop)
{
    private readonly ConcurrentQueue<string> others = [];
    private readonly ConcurrentQueue<UnreadableRow> unreadable = [];

    /// <summary>The rows that cannot be read, each once.</summary>
    public IReadOnlyList<UnreadableRow> Unreadable => [.. unreadable.DistinctBy(row => (row.PartitionKey, row.RowKey))];

    /// <summary>All that went wrong, in words.</summary>
    public IReadOnlyList<string> All => [.. Unreadable.Select(row => row.ToString()), .. others];

    /// <summary>Whether anything else went wrong than rows that cannot be read.</summary>
    public bool HasOthers => !others.IsEmpty;

    public void Add(IEnumerable<UnreadableRow> rows)
    {
        foreach (var row in rows)
        {
            unreadable.Enqueue(row);
        }
    }

    /// <summary>Does something for an item, whose failure stops nothing else.</summary>
    public async ValueTask TryAsync(string item, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (UnreadableRowException damage)
        {
            unreadable.Enqueue(damage.Row);
            RunFailuresLog.ItemFailed(logger, job, item, damage);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever it is, it must not keep the others from being chased; the run says that it failed
            others.Enqueue($"{item}: {failure.Message}");
            RunFailuresLog.ItemFailed(logger, job, item, failure);
        }
    }

    private static partial class RunFailuresLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Job} could not deal with {Item}; the rest goes on.")]
        public static partial void ItemFailed(ILogger logger, string job, string item, Exception failure);
    }
}
