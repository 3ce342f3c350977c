using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>What a person of the staff must do something about.</summary>
public enum TaskKind
{
    /// <summary>An organisation has nobody who can be written to.</summary>
    NoContact,

    /// <summary>An organisation that owes something has ended.</summary>
    OrganisationEnded,

    /// <summary>The ladder has ended without an answer.</summary>
    LadderEnded,

    /// <summary>An email could not be sent.</summary>
    EmailFailed,

    /// <summary>An address bounced, dropped or complained.</summary>
    AddressSuspended,

    /// <summary>A day's chasing has come to its limit.</summary>
    SendingHeld,

    /// <summary>A row cannot be read by this release.</summary>
    UnreadableRow,

    /// <summary>An organisation has named a contact at an address that is not its own.</summary>
    ContactNamed,

    /// <summary>An organisation has sent a note on a recommendation that is closed.</summary>
    NoteReceived,
}

/// <summary>Something that staff must do: what, why, since when.</summary>
public sealed record StaffTask
{
    /// <summary>Names the task within its organisation; the same cause makes the same key.</summary>
    public required string Key { get; init; }

    public required TaskKind Kind { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public RecommendationId? Recommendation { get; init; }

    public required string What { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The message that gave cause.</summary>
    public string? Mid { get; init; }

    /// <summary>What is to be decided, where the task is about something that has an id of its own.</summary>
    public string? Subject { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Staff's tasks, each in the partition of its organisation.</summary>
internal sealed class TasksTable(Store store)
{
    internal const string ListPartition = "tasks";

    /// <summary>Opens a task unless it is there already; one that was done is opened again by another message. The hint comes first, so that a crash shows too much, never too little.</summary>
    public async Task OpenAsync(StaffTask task, CancellationToken stop)
    {
        await ListAsync(task, stop);
        var egt = new Egt(task.OrganisationId.ToString());
        if (await FindAsync(task.OrganisationId, task.Key, stop) is not { } row)
        {
            await egt.Insert(RowKey(task.Key), task).CommitAsync(store.Register, stop);
        }
        else if (row.Value.DoneAt is not null && row.Value.Mid != task.Mid)
        {
            await egt.Replace(row, task).CommitAsync(store.Register, stop);
        }
    }

    /// <summary>Writes the hint that leads to a task.</summary>
    public async Task ListAsync(StaffTask task, CancellationToken stop) =>
        await store.Worklists.UpsertEntityAsync(new TableEntity(ListPartition, $"{task.OrganisationId}|{task.Key}"), TableUpdateMode.Replace, stop);

    /// <summary>All tasks of an organisation, those that are done with them.</summary>
    public async IAsyncEnumerable<StaffTask> AllOfAsync(OrganisationId organisation, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.StartingWith(organisation.ToString(), RowKey("")), cancellationToken: stop))
        {
            yield return Document.Read<StaffTask>(entity).Value;
        }
    }

    public async Task<Row<StaffTask>?> FindAsync(OrganisationId organisation, string key, CancellationToken stop)
    {
        var found = await store.Register.GetEntityIfExistsAsync<TableEntity>(organisation.ToString(), RowKey(key), cancellationToken: stop);
        return found.HasValue ? Document.Read<StaffTask>(found.Value!) : null;
    }

    /// <summary>The open tasks, the oldest first.</summary>
    public async Task<IReadOnlyList<StaffTask>> OpenTasksAsync(CancellationToken stop)
    {
        var open = new List<StaffTask>();
        await foreach (var hint in store.Worklists.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ListPartition}"), cancellationToken: stop))
        {
            var bar = hint.RowKey.IndexOf('|', StringComparison.Ordinal);
            if (bar > 0 && OrganisationId.TryParse(hint.RowKey[..bar], null, out var organisation)
                && await FindAsync(organisation, hint.RowKey[(bar + 1)..], stop) is { Value.DoneAt: null } row)
            {
                open.Add(row.Value);
            }
        }

        return [.. open.OrderBy(t => t.Since)];
    }

    /// <summary>Marks a task as done; false when somebody was faster.</summary>
    public Task<bool> CompleteAsync(Row<StaffTask> row, DateTimeOffset at, string by, CancellationToken stop) =>
        new Egt(row.PartitionKey).Replace(row, row.Value with { DoneAt = at, DoneBy = by }).CommitAsync(store.Register, stop);

    public static string RowKey(string key) => "tsk|" + key;
}
