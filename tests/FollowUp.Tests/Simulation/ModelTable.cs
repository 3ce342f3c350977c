using Azure;
using Azure.Data.Tables;

namespace FollowUp.Tests.Simulation;

/// <summary>
/// A model of a storage table: ETags, transactions within one partition, queries in the order of keys. Every operation
/// passes the gate first, where it may fail, be carried out without its answer arriving, or end its worker.
/// </summary>
internal sealed class ModelTable(string name, SimFaults faults, SimClock clock) : TableClient
{
    private readonly SortedDictionary<string, Partition> partitions = new(StringComparer.Ordinal);
    private long version;
    private long inserted;

    public override string Name => name;

    /// <summary>Told of every row that is stored, at that moment.</summary>
    public Action<TableEntity>? OnPut { get; set; }

    /// <summary>Whether its storage answers nobody.</summary>
    public bool Fails { get; set; }

    public IEnumerable<TableEntity> All => partitions.Values.SelectMany(p => p.Rows).Select(r => r.Entity);

    /// <summary>The rows of a partition whose keys begin so.</summary>
    public IEnumerable<TableEntity> In(string partition, string prefix)
    {
        var found = new List<Stored>();
        partitions.GetValueOrDefault(partition)?.AddTo(found, new KeyRange(prefix, true, prefix + "~", false));
        return found.Select(r => r.Entity);
    }

    public TableEntity? Find(string partition, string row) => partitions.TryGetValue(partition, out var rows) ? rows.Find(row)?.Entity : null;

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "get", cancellationToken);
        return Find(partitionKey, rowKey) is { } found ? Response.FromValue((T)(object)Copy(found), Done.Ok) : new Nothing<T>();
    }

    public override AsyncPageable<T> QueryAsync<T>(string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new Pages<T>(async () =>
        {
            await faults.BeforeAsync(this, "query", cancellationToken);
            return Select(Filter.Parse(filter)).ConvertAll(e => (T)(object)Copy(e));
        });

    public override async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "add", cancellationToken);
        if (Find(entity.PartitionKey, entity.RowKey) is not null)
        {
            throw new RequestFailedException(409, "The row is there already.");
        }

        Put((TableEntity)(object)entity);
        await faults.AfterAsync(this, "add", cancellationToken);
        return Done.Ok;
    }

    public override async Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "put", cancellationToken);
        Put((TableEntity)(object)entity);
        await faults.AfterAsync(this, "put", cancellationToken);
        return Done.Ok;
    }

    public override async Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "update", cancellationToken);
        var present = Find(entity.PartitionKey, entity.RowKey) ?? throw new RequestFailedException(404, "There is no such row.");
        if (ifMatch != ETag.All && present.ETag != ifMatch)
        {
            throw new RequestFailedException(412, "The row has changed.");
        }

        Put((TableEntity)(object)entity);
        await faults.AfterAsync(this, "update", cancellationToken);
        return Done.Ok;
    }

    public override async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "delete", cancellationToken);
        var present = Find(partitionKey, rowKey);
        if (present is not null && ifMatch != default && ifMatch != ETag.All && present.ETag != ifMatch)
        {
            throw new RequestFailedException(412, "The row has changed.");
        }

        partitions.GetValueOrDefault(partitionKey)?.Remove(rowKey);
        await faults.AfterAsync(this, "delete", cancellationToken);
        return Done.Ok;
    }

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        await faults.BeforeAsync(this, "egt", cancellationToken);
        foreach (var action in actions)
        {
            Check(action);
        }

        foreach (var action in actions)
        {
            Apply(action);
        }

        await faults.AfterAsync(this, "egt", cancellationToken);
        return Response.FromValue<IReadOnlyList<Response>>([.. actions.Select(a => (Response)new Done(Find(a.Entity.PartitionKey, a.Entity.RowKey)?.ETag))], Done.Ok);
    }

    private static TableEntity Copy(TableEntity entity) => new(entity) { ETag = entity.ETag, Timestamp = entity.Timestamp };

    private void Check(TableTransactionAction action)
    {
        var present = Find(action.Entity.PartitionKey, action.Entity.RowKey);
        var status = action.ActionType switch
        {
            TableTransactionActionType.Add => present is null ? 0 : 409,
            TableTransactionActionType.UpsertReplace => 0,
            _ when action.ETag == ETag.All => present is null ? 404 : 0,
            _ => present is null ? 404 : present.ETag == action.ETag ? 0 : 412,
        };
        if (status != 0)
        {
            throw new RequestFailedException(status, $"{action.ActionType} {action.Entity.RowKey}");
        }
    }

    private void Apply(TableTransactionAction action)
    {
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            partitions[action.Entity.PartitionKey].Remove(action.Entity.RowKey);
        }
        else
        {
            Put((TableEntity)action.Entity);
        }
    }

    private void Put(TableEntity entity)
    {
        if (!partitions.TryGetValue(entity.PartitionKey, out var partition))
        {
            partitions[entity.PartitionKey] = partition = new Partition();
        }

        var stored = new TableEntity(entity) { ETag = new ETag($"W/\"{++version}\""), Timestamp = clock.UtcNow };
        partition.Put(stored, ++inserted);
        OnPut?.Invoke(stored);
    }

    private List<TableEntity> Select(Filter filter)
    {
        var found = new List<Stored>();
        if (filter.Partition.Only is { } only)
        {
            partitions.GetValueOrDefault(only)?.AddTo(found, filter.Row);
        }
        else
        {
            foreach (var (_, partition) in partitions.Where(p => filter.Partition.Holds(p.Key)))
            {
                partition.AddTo(found, filter.Row);
            }
        }

        // Where keys are drawn at random, the order of the seed stands for theirs
        if (name is not ("Register" or "Agenda" or "Inspections" or "Organisations") || filter.Row.From is ['l' or 't', ..])
        {
            found.Sort(static (one, other) => one.Order.CompareTo(other.Order));
        }

        return found.ConvertAll(static r => r.Entity);
    }

    private sealed class Nothing<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("There is no such row.");

        public override Response GetRawResponse() => Done.Ok;
    }

    private sealed class Pages<T>(Func<Task<List<T>>> read) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            // As the service may: an empty page with a continuation, then the rows
            yield return Page<T>.FromValues([], "more", Done.Ok);
            yield return Page<T>.FromValues(await read(), null, Done.Ok);
        }
    }
}
