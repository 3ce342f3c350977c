using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
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
internal sealed partial class ModelTable(string name, SimFaults faults, SimClock clock) : TableClient
{
    private readonly SortedDictionary<string, Partition> partitions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), long> inserted = [];
    private long version;

    public override string Name => name;

    public IEnumerable<TableEntity> All => partitions.Values.SelectMany(p => p.Between(null, null));

    public TableEntity? Find(string partition, string row) => partitions.GetValueOrDefault(partition)?.Find(row);

    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "get");
        return Find(partitionKey, rowKey) is { } found ? Response.FromValue((T)(object)Copy(found), Done.Ok) : new Nothing<T>();
    }

    public override AsyncPageable<T> QueryAsync<T>(string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new Pages<T>(async () =>
        {
            await faults.BeforeAsync(this, "query");
            return [.. Select(filter ?? "").Select(e => (T)(object)Copy(e))];
        });

    public override async Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "put");
        Put((TableEntity)(object)entity);
        await faults.AfterAsync(this, "put");
        return Done.Ok;
    }

    public override async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        await faults.BeforeAsync(this, "delete");
        var present = Find(partitionKey, rowKey);
        if (present is not null && ifMatch != default && ifMatch != ETag.All && present.ETag != ifMatch)
        {
            throw new RequestFailedException(412, "The row has changed.");
        }

        partitions.GetValueOrDefault(partitionKey)?.Remove(rowKey);
        await faults.AfterAsync(this, "delete");
        return Done.Ok;
    }

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        await faults.BeforeAsync(this, "egt");
        foreach (var action in actions)
        {
            Check(action);
        }

        foreach (var action in actions)
        {
            Apply(action);
        }

        await faults.AfterAsync(this, "egt");
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

        inserted.TryAdd((entity.PartitionKey, entity.RowKey), inserted.Count);
        partition.Put(new TableEntity(entity) { ETag = new ETag($"W/\"{++version}\""), Timestamp = clock.UtcNow });
    }

    private IEnumerable<TableEntity> Select(string filter)
    {
        var conditions = Condition().Matches(filter).Select(m => (Key: m.Groups[1].Value, Op: m.Groups[2].Value, Value: m.Groups[3].Value.Replace("''", "'", StringComparison.Ordinal))).ToList();
        var from = conditions.Where(c => c is { Key: "RowKey", Op: "ge" or "gt" or "eq" }).Select(c => c.Value).FirstOrDefault();
        var to = conditions.Where(c => c is { Key: "RowKey", Op: "le" or "lt" or "eq" }).Select(c => c.Value).FirstOrDefault();
        var only = conditions.Where(c => c is { Key: "PartitionKey", Op: "eq" }).Select(c => c.Value).FirstOrDefault();
        var some = only is null
            ? partitions.Where(p => conditions.Where(c => c.Key == "PartitionKey").All(c => Holds(p.Key, c.Op, c.Value))).Select(p => p.Value)
            : partitions.TryGetValue(only, out var one) ? [one] : [];
        var found = some.SelectMany(p => p.Between(from, to)).Where(e => conditions.Where(c => c.Key == "RowKey").All(c => Holds(e.RowKey, c.Op, c.Value)));

        // Where keys are drawn at random, the order of the seed stands for theirs
        var random = name is not ("Register" or "Agenda" or "Inspections" or "Organisations") || from is ['l' or 't', ..];
        return random ? found.OrderBy(e => inserted.GetValueOrDefault((e.PartitionKey, e.RowKey))) : found;
    }

    private static bool Holds(string key, string op, string value) => (op, string.CompareOrdinal(key, value)) switch
    {
        ("eq", var c) => c == 0,
        ("ge", var c) => c >= 0,
        ("gt", var c) => c > 0,
        ("le", var c) => c <= 0,
        var (_, c) => c < 0,
    };

    [GeneratedRegex("(PartitionKey|RowKey) (eq|ge|gt|le|lt) '((?:[^']|'')*)'")]
    private static partial Regex Condition();

    private sealed class Partition
    {
        private readonly Dictionary<string, TableEntity> rows = new(StringComparer.Ordinal);
        private readonly SortedSet<string> keys = new(StringComparer.Ordinal);

        public TableEntity? Find(string key) => rows.GetValueOrDefault(key);

        public void Put(TableEntity entity)
        {
            rows[entity.RowKey] = entity;
            keys.Add(entity.RowKey);
        }

        public void Remove(string key)
        {
            rows.Remove(key);
            keys.Remove(key);
        }

        public IEnumerable<TableEntity> Between(string? from, string? to) =>
            (from is null && to is null ? keys : keys.GetViewBetween(from ?? "", to ?? "\uffff")).ToList().Select(k => rows[k]);
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

    public override QueueClient GetQueueClient(string queueName) => new Queue(Rings, faults);

    private sealed class Queue(List<string> rings, SimFaults faults) : QueueClient
    {
        public override async Task<Response<SendReceipt>> SendMessageAsync(string messageText, CancellationToken cancellationToken = default)
        {
            await faults.BeforeAsync(null, "ring");
            rings.Add(messageText);
            await faults.AfterAsync(null, "ring");
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
            await faults.BeforeAsync(null, "blob");
            return Response.FromValue<BlobContentInfo>(null!, Done.Ok);
        }
    }
}
