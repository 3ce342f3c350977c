using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

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

    public IEnumerable<TableEntity> All => partitions.Values.SelectMany(p => p.Rows).Select(r => r.Entity);

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

    /// <summary>The keys from one to another, each with or without itself.</summary>
    private readonly record struct KeyRange(string? From, bool WithFrom, string? To, bool WithTo)
    {
        /// <summary>The one key that it allows, if it allows no other.</summary>
        public string? Only => WithFrom && WithTo && From == To ? From : null;

        public bool Holds(string key) =>
            (From is null || string.CompareOrdinal(key, From) is var above && (above > 0 || above == 0 && WithFrom))
            && (To is null || string.CompareOrdinal(key, To) is var below && (below < 0 || below == 0 && WithTo));

        public KeyRange And(string op, string value) => (op, From, To) switch
        {
            ("eq", null, null) => new(value, true, value, true),
            ("ge" or "gt", null, _) => this with { From = value, WithFrom = op == "ge" },
            ("le" or "lt", _, null) => this with { To = value, WithTo = op == "le" },
            _ => throw new NotSupportedException($"The model knows no filter with another “{op}”."),
        };
    }

    /// <summary>What a filter asks for; the service's own filters compare nothing but keys.</summary>
    private readonly record struct Filter(KeyRange Partition, KeyRange Row)
    {
        public static Filter Parse(string? text)
        {
            var filter = default(Filter);
            foreach (var condition in text?.Split(" and ") ?? [])
            {
                filter = condition.Split(' ', 3) switch
                {
                    ["PartitionKey", var op, var value] => filter with { Partition = filter.Partition.And(op, Unquoted(value)) },
                    ["RowKey", var op, var value] => filter with { Row = filter.Row.And(op, Unquoted(value)) },
                    _ => throw new NotSupportedException($"The model knows no filter “{text}”."),
                };
            }

            return filter;
        }

        private static string Unquoted(string value) => value[1..^1].Replace("''", "'", StringComparison.Ordinal);
    }

    /// <param name="Order">Rises with every row that comes; a row that is replaced keeps its own.</param>
    private sealed record Stored(TableEntity Entity, long Order);

    private sealed class Partition
    {
        private readonly Dictionary<string, Stored> byKey = new(StringComparer.Ordinal);
        private readonly List<string> keys = [];

        public IEnumerable<Stored> Rows => keys.Select(k => byKey[k]);

        public Stored? Find(string key) => byKey.GetValueOrDefault(key);

        public void Put(TableEntity entity, long order)
        {
            var key = entity.RowKey;
            if (byKey.TryGetValue(key, out var present))
            {
                byKey[key] = present with { Entity = entity };
                return;
            }

            byKey[key] = new Stored(entity, order);
            keys.Insert(~keys.BinarySearch(key, StringComparer.Ordinal), key);
        }

        public void Remove(string key)
        {
            if (byKey.Remove(key))
            {
                keys.RemoveAt(keys.BinarySearch(key, StringComparer.Ordinal));
            }
        }

        public void AddTo(List<Stored> found, KeyRange range)
        {
            var first = range.From is { } from ? keys.BinarySearch(from, StringComparer.Ordinal) : 0;
            first = first < 0 ? ~first : first;
            for (var at = first; at < keys.Count && (range.To is null || string.CompareOrdinal(keys[at], range.To) <= 0); at++)
            {
                if (range.Holds(keys[at]))
                {
                    found.Add(byKey[keys[at]]);
                }
            }
        }
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

/// <summary>An answer that says nothing but that it worked.</summary>
internal sealed class Done(ETag? etag = null) : Response
{
    public static Done Ok { get; } = new();

    public override int Status => 204;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => etag is { } tag ? [new HttpHeader(HttpHeader.Names.ETag, tag.ToString())] : [];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = name == HttpHeader.Names.ETag ? etag?.ToString() : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = null;
        return false;
    }
}

internal sealed class ModelTables(SimFaults faults, SimClock clock) : TableServiceClient
{
    private readonly Dictionary<string, ModelTable> tables = [];

    public ModelTable this[string name] => tables.TryGetValue(name, out var table) ? table : tables[name] = new ModelTable(name, faults, clock);

    public override TableClient GetTableClient(string tableName) => this[tableName];
}

internal sealed class ModelQueues(SimFaults faults) : QueueServiceClient
{
    public List<string> Rings { get; } = [];

    /// <summary>Answers the bell at once, while whoever rang goes on; null where the rings wait.</summary>
    public Action<string>? AtOnce { get; set; }

    public override QueueClient GetQueueClient(string queueName) => new Queue(this, faults);

    private void Ring(string text)
    {
        if (AtOnce is { } answer)
        {
            answer(text);
        }
        else
        {
            Rings.Add(text);
        }
    }

    private sealed class Queue(ModelQueues queues, SimFaults faults) : QueueClient
    {
        public override async Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken = default)
        {
            await faults.BeforeAsync(null, "ring", cancellationToken);
            queues.Ring(messageText);
            await faults.AfterAsync(null, "ring", cancellationToken);
            return Response.FromValue<SendReceipt>(null!, Done.Ok);
        }
    }
}

internal sealed class ModelBlobs(SimFaults faults) : BlobServiceClient
{
    public override BlobContainerClient GetBlobContainerClient(string blobContainerName) => new Container(faults);

    private sealed class Container(SimFaults faults) : BlobContainerClient
    {
        public override BlobClient GetBlobClient(string blobName) => new Blob(faults);
    }

    private sealed class Blob(SimFaults faults) : BlobClient
    {
        public override async Task<Response<BlobContentInfo>> UploadAsync(BinaryData content, BlobUploadOptions options, CancellationToken cancellationToken = default)
        {
            await faults.BeforeAsync(null, "blob", cancellationToken);
            return Response.FromValue<BlobContentInfo>(null!, Done.Ok);
        }
    }
}
