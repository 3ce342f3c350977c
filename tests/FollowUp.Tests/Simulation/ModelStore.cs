using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace FollowUp.Tests.Simulation;

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
