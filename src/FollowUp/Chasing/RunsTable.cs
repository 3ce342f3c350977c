using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>What a job did when it last ran.</summary>
public sealed record JobRun
{
    public required string Job { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    public int Planned { get; init; }

    public int Rung { get; init; }

    public int Held { get; init; }

    /// <summary>Hints that led nowhere and were taken away.</summary>
    public int Removed { get; init; }

    /// <summary>Messages that SendGrid has told of in the last seven days and that are not in the register.</summary>
    public int Unknown { get; init; }

    /// <summary>Since when sending is held back on purpose, and why.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    public string? HeldWhy { get; init; }

    /// <summary>The hold of the latest day, since the first of the days that came to their limit one after another.</summary>
    public DayHold? DaysHeld { get; init; }

    /// <summary>Since when SendGrid refuses our account.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Since when an email waits that should have been accepted long ago.</summary>
    public DateTimeOffset? LateSince { get; init; }

    /// <summary>Whether something failed that another run of the same day may mend.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>What went wrong for single organisations or inspections; the rest was done.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}

/// <summary>The last run of every job, one row each.</summary>
internal sealed class RunsTable(Store store)
{
    private const string Partition = "last";
    private const string Positions = "position";

    /// <summary>Writes a run in place of the one before. A row that cannot be read stays as it is: health is red while it is there.</summary>
    public async Task WriteAsync(JobRun run, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        await FindAsync(run.Job, unreadable, stop);
        if (unreadable.Count == 0)
        {
            await store.Runs.UpsertEntityAsync(Document.Entity(Partition, run.Job, run), TableUpdateMode.Replace, stop);
        }
    }

    /// <summary>Writes how far a sweep has come. It is a bookmark, which each sweep takes away at its end: one that cannot be read is replaced.</summary>
    public async Task WritePositionAsync(SweepPosition position, CancellationToken stop) =>
        await store.Runs.UpsertEntityAsync(Document.Entity(Positions, SweepRegister.Job, position), TableUpdateMode.Replace, stop);

    /// <summary>The last runs of all jobs.</summary>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<IReadOnlyList<JobRun>> AllAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var runs = new List<JobRun>();
        await foreach (var entity in store.Runs.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop))
        {
            if (Document.Read<JobRun>(entity, unreadable) is { } row)
            {
                runs.Add(row.Value);
            }
        }

        return runs;
    }

    /// <summary>Whether a sweep stands still: it ran out of time, or has not gone on since a moment (real time).</summary>
    public async Task<bool> IsSweepLeftOffAsync(DateTimeOffset since, CancellationToken stop)
    {
        var found = await store.Runs.GetEntityIfExistsAsync<TableEntity>(Positions, SweepRegister.Job, cancellationToken: stop);
        return found.HasValue && (Document.Read<SweepPosition>(found.Value!, []) is not { Value.LeftOff: false } || found.Value!.Timestamp < since);
    }

    public async Task<SweepPosition?> FindPositionAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        (await Document.FindAsync<SweepPosition>(store.Runs, Positions, SweepRegister.Job, stop, unreadable))?.Value;

    public async Task ForgetPositionAsync(CancellationToken stop) => await store.Runs.DeleteEntityAsync(Positions, SweepRegister.Job, cancellationToken: stop);

    /// <summary>The last run of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="unreadable">Takes the row if it cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<JobRun?> FindAsync(string job, ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        (await Document.FindAsync<JobRun>(store.Runs, Partition, job, stop, unreadable))?.Value;
}
