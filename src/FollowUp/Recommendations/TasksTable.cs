using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Staff's tasks, each in the partition of its organisation.</summary>
internal sealed class TasksTable(Store store)
{
    internal const string ListPartition = "tasks";
    internal const string DonePartition = "tasksDone";
    private const string DoneMark = "done";
    private const int ReadAtOnce = 32;

    /// <summary>More open tasks than this are not counted.</summary>
    public const int MostCounted = 100;

    /// <summary>Opens a task unless it is there already; one that was done is opened again by another message or cause, and one that came to nothing by its cause. The hint comes first, so that a crash shows too much, never too little.</summary>
    public async Task OpenAsync(StaffTask task, CancellationToken stop)
    {
        var egt = new Egt(task.OrganisationId.ToString());
        // What is there and cannot be read stays as it is: the insert fails then, and the sweep tells staff
        if (await FindAsync(task.OrganisationId, task.Key, stop, []) is not { } row)
        {
            await ListAsync(task, stop);
            await egt.Insert(RowKey(task.Key), task).CommitAsync(store.Register, stop);
        }
        else if (row.Value.DoneAt is not null && (row.Value.Mid != task.Mid || row.Value.Cause != task.Cause || row.Value.DoneBy == Actor.Service.Name))
        {
            await ListAsync(task, stop);
            await egt.Replace(row, task).CommitAsync(store.Register, stop);
            // Whoever marked the hint as done meanwhile did so before the task was open again
            await ListAsync(task, stop);
        }
    }

    /// <summary>How many tasks are open, up to <see cref="MostCounted"/>: one read of hints, which may count one that has just been done.</summary>
    public async Task<int> CountOpenAsync(CancellationToken stop)
    {
        var count = 0;
        var hints = store.Worklists.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ListPartition}"), select: [nameof(TableEntity.RowKey), DoneMark], cancellationToken: stop);
        await foreach (var hint in hints)
        {
            count += hint.GetBoolean(DoneMark) == true ? 0 : 1;
            if (count == MostCounted)
            {
                break;
            }
        }

        return count;
    }

    /// <summary>The tasks that were done, the latest first.</summary>
    /// <param name="after">Where to go on; null for the latest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<(IReadOnlyList<StaffTask> Tasks, string? Next)> DoneTasksAsync(string? after, int most, CancellationToken stop)
    {
        var done = new List<StaffTask>();
        var last = after;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {DonePartition} and RowKey gt {after ?? ""}");
        await foreach (var hint in store.Worklists.QueryAsync<TableEntity>(filter, maxPerPage: most + 1, cancellationToken: stop))
        {
            // One that cannot be read is left out: the sweep has given staff a task about it
            if (done.Count == most)
            {
                return (done, last);
            }

            last = hint.RowKey;
            if (await FindDoneAsync(hint, stop) is { } task)
            {
                done.Add(task);
            }
        }

        return (done, null);
    }

    /// <summary>The task that a hint of the done list leads to; null when it has been opened again, or was never done then.</summary>
    private async Task<StaffTask?> FindDoneAsync(TableEntity hint, CancellationToken stop) =>
        ReadHint(hint) is var (organisation, key) && await FindAsync(organisation, key, stop, []) is { Value: var task } && IsListedBy(hint, task) ? task : null;

    /// <summary>The task that a hint of either list leads to; null when it is none of theirs.</summary>
    internal static (OrganisationId Organisation, string Key)? ReadHint(TableEntity hint)
    {
        var place = hint.PartitionKey switch
        {
            ListPartition => hint.RowKey,
            DonePartition => hint.RowKey[(hint.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..],
            _ => "",
        };
        return place.Split('|', 2) is [var of, var key] && OrganisationId.TryParse(of, null, out var organisation) ? (organisation, key) : null;
    }

    /// <summary>Whether a hint is the one of the task as it stands.</summary>
    internal static bool IsListedBy(TableEntity hint, StaffTask task) => HintOf(task) is var right && (right.PartitionKey, right.RowKey) == (hint.PartitionKey, hint.RowKey);

    /// <summary>Writes the hint that leads to a task, among the open ones or among those that were done.</summary>
    public Task ListAsync(StaffTask task, CancellationToken stop) => ListAsync([task], stop);

    /// <summary>Writes the hints that lead to tasks: one request for the open ones, and one for those that were done.</summary>
    public Task ListAsync(IEnumerable<StaffTask> tasks, CancellationToken stop) =>
        HintRows.PutAsync(store.Worklists, tasks.Select(HintOf), stop);

    private static TableEntity HintOf(StaffTask task) =>
        task.DoneAt is { } at ? new TableEntity(DonePartition, $"{NewestFirst(at)}|{ListKey(task)}") : new TableEntity(ListPartition, ListKey(task));

    /// <summary>All tasks of an organisation, those that are done with them.</summary>
    public async IAsyncEnumerable<StaffTask> AllOfAsync(OrganisationId organisation, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.StartingWith(organisation.ToString(), RowKey("")), cancellationToken: stop))
        {
            if (Document.Read<StaffTask>(entity, unreadable) is { } row)
            {
                yield return row.Value;
            }
        }
    }

    /// <param name="organisation">The organisation that it is about.</param>
    /// <param name="key">Its name within the organisation.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes what is wrong with a row that cannot be read, which then counts as none.</param>
    public async Task<Row<StaffTask>?> FindAsync(OrganisationId organisation, string key, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) =>
        await Document.FindAsync<StaffTask>(store.Register, organisation.ToString(), RowKey(key), stop, unreadable);

    /// <summary>The open tasks, the oldest first; one that cannot be read does not hide the others, and the sweep opens a task about it.</summary>
    public async Task<IReadOnlyList<StaffTask>> OpenTasksAsync(CancellationToken stop)
    {
        var places = new List<(OrganisationId Organisation, string Key)>();
        await foreach (var hint in store.Worklists.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ListPartition}"), cancellationToken: stop))
        {
            if (ReadHint(hint) is { } place)
            {
                places.Add(place);
            }
        }

        var tasks = new List<Row<StaffTask>?>();
        foreach (var some in places.Chunk(ReadAtOnce))
        {
            tasks.AddRange(await Task.WhenAll(some.Select(place => FindAsync(place.Organisation, place.Key, stop, []))));
        }

        return [.. tasks.OfType<Row<StaffTask>>().Select(row => row.Value).Where(task => task.DoneAt is null).OrderBy(task => task.Since)];
    }

    /// <summary>Marks a task as done, if it is there and open: what it was about has come to its end.</summary>
    /// <param name="organisation">The organisation that it is about.</param>
    /// <param name="key">Its name within the organisation.</param>
    /// <param name="at">The moment.</param>
    /// <param name="by">Who brought it to its end.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="mid">The email that it must be about; null for whichever.</param>
    public async Task FinishAsync(OrganisationId organisation, string key, DateTimeOffset at, string by, CancellationToken stop, string? mid = null)
    {
        if (await FindAsync(organisation, key, stop, []) is { Value.DoneAt: null } row && (mid is null || row.Value.Mid == mid))
        {
            await CompleteAsync(row, at, by, stop);
        }
    }

    /// <summary>Marks a task as done; false when somebody was faster.</summary>
    public async Task<bool> CompleteAsync(Row<StaffTask> row, DateTimeOffset at, string by, CancellationToken stop)
    {
        var egt = new Egt(row.PartitionKey);
        var markAsync = await AddDoneAsync(egt, row, at, by, stop);
        if (!await egt.CommitAsync(store.Register, stop))
        {
            return false;
        }

        await markAsync(stop);
        return true;
    }

    /// <summary>Adds to a transaction of its organisation that a task is done.</summary>
    /// <returns>What is left to do when that is written.</returns>
    public async Task<Func<CancellationToken, Task>> AddDoneAsync(Egt egt, Row<StaffTask> row, DateTimeOffset at, string by, CancellationToken stop)
    {
        var done = row.Value with { DoneAt = at, DoneBy = by };
        await ListAsync(done, stop);
        var hint = await store.Worklists.GetEntityIfExistsAsync<TableEntity>(ListPartition, ListKey(done), cancellationToken: stop);
        egt.Replace(row, done);

        // Only as it was read before: a task that is opened again meanwhile has a new hint
        return hint.HasValue ? now => MarkAsync(hint.Value!, now) : _ => Task.CompletedTask;
    }

    /// <summary>The mark only spares the count a task that is done.</summary>
    private async Task MarkAsync(TableEntity hint, CancellationToken stop)
    {
        hint[DoneMark] = true;
        try
        {
            await store.Worklists.UpdateEntityAsync(hint, hint.ETag, TableUpdateMode.Replace, stop);
        }
        catch (Azure.RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // It is another hint by now, or none
        }
    }

    private static string ListKey(StaffTask task) => $"{task.OrganisationId}|{task.Key}";

    private static string NewestFirst(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("d19", System.Globalization.CultureInfo.InvariantCulture);

    public static string RowKey(string key) => "tsk|" + key;
}
