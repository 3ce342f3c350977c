using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace FollowUp.Storage;

/// <summary>The tables, the queue and the blob containers, by name.</summary>
internal sealed class Store(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs)
{
    public const string EmailQueueName = "email";

    private static readonly string[] TableNames =
        ["Register", "Agenda", "Links", "Messages", "Worklists", "Inspections", "Organisations", "Addresses", "Settings", "Runs", "DataProtectionKeys"];

    public TableClient Register { get; } = tables.GetTableClient("Register");

    public TableClient Agenda { get; } = tables.GetTableClient("Agenda");

    public TableClient Links { get; } = tables.GetTableClient("Links");

    public TableClient Messages { get; } = tables.GetTableClient("Messages");

    public TableClient Worklists { get; } = tables.GetTableClient("Worklists");

    public TableClient Inspections { get; } = tables.GetTableClient("Inspections");

    public TableClient Organisations { get; } = tables.GetTableClient("Organisations");

    public TableClient Addresses { get; } = tables.GetTableClient("Addresses");

    public TableClient Settings { get; } = tables.GetTableClient("Settings");

    public TableClient Runs { get; } = tables.GetTableClient("Runs");

    public TableClient DataProtectionKeys { get; } = tables.GetTableClient("DataProtectionKeys");

    public QueueClient EmailQueue { get; } = queues.GetQueueClient(EmailQueueName);

    public BlobContainerClient Emails { get; } = blobs.GetBlobContainerClient("emails");

    public BlobContainerClient Evidence { get; } = blobs.GetBlobContainerClient("evidence");

    /// <summary>Makes what is missing; repeating it is harmless.</summary>
    public async Task LayOutAsync(CancellationToken stop)
    {
        await Task.WhenAll(
        [
            .. TableNames.Select(name => tables.CreateTableIfNotExistsAsync(name, stop)),
            EmailQueue.CreateIfNotExistsAsync(cancellationToken: stop),
            Emails.CreateIfNotExistsAsync(cancellationToken: stop),
            Evidence.CreateIfNotExistsAsync(cancellationToken: stop),
        ]);
    }
}
