using Azure.Data.Tables;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What SendGrid has told of a message that nothing leads to.</summary>
/// <param name="Mid">The message's id.</param>
/// <param name="Since">When it first told of it.</param>
/// <param name="Events">All that it has told.</param>
internal sealed record UnknownMessage(string Mid, DateTimeOffset Since, IReadOnlyList<SendGridEvent> Events);

/// <summary>Keeps what SendGrid tells of messages that nothing leads to: a hint may have been lost, which the sweep writes again.</summary>
internal sealed class UnknownMessages(Store store, IClock clock)
{
    private const string Partition = "_unknown";
    private const int Tries = 5;

    public async Task KeepAsync(string mid, IReadOnlyList<SendGridEvent> events, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var row = await Document.FindAsync<UnknownMessage>(store.Messages, Partition, mid, stop);
            var before = row?.Value ?? new UnknownMessage(mid, clock.UtcNow, []);
            var after = before with { Events = [.. before.Events.Concat(events).DistinctBy(e => e.EventId)] };
            if (row is not null && after.Events.Count == before.Events.Count || await new Egt(Partition).Put(row, mid, after).CommitAsync(store.Messages, stop))
            {
                return;
            }
        }

        throw new IOException($"What SendGrid tells of {mid} could not be kept: others change its row all the time.");
    }

    /// <summary>All that are kept, one by one, since they may be many.</summary>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async IAsyncEnumerable<Row<UnknownMessage>> AllAsync(ICollection<UnreadableRow> unreadable, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var entity in store.Messages.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop))
        {
            if (Document.Read<UnknownMessage>(entity, unreadable) is { } row)
            {
                yield return row;
            }
        }
    }

    public async Task<int> CountAsync(CancellationToken stop) =>
        await store.Messages.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["PartitionKey", "RowKey"], cancellationToken: stop).CountAsync(stop);

    /// <summary>Forgets one, unless SendGrid has told more of it meanwhile.</summary>
    public async Task ForgetAsync(Row<UnknownMessage> row, CancellationToken stop) => await Egt.DeleteHintAsync(store.Messages, row.Entity, stop);
}

/// <summary>Takes what SendGrid has told of messages that nothing led to then, once something does. After a week it is forgotten.</summary>
internal sealed class TakeUnknown(UnknownMessages unknown, MessageHints hints, SendGridWebhook webhook, IClock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public async Task RunAsync(ICollection<UnreadableRow> unreadable, Func<string, Func<Task>, ValueTask> tryAsync, CancellationToken stop)
    {
        await foreach (var row in unknown.AllAsync(unreadable, stop))
        {
            await tryAsync(row.Value.Mid, () => TakeAsync(row, stop));
        }
    }

    /// <summary>How many messages there are that SendGrid has told of, and that nothing leads to.</summary>
    public Task<int> CountAsync(CancellationToken stop) => unknown.CountAsync(stop);

    private async Task TakeAsync(Row<UnknownMessage> row, CancellationToken stop)
    {
        var isKnown = await hints.FindAsync(row.Value.Mid, stop) is not null;
        if (isKnown)
        {
            await webhook.RunAsync(row.Value.Events, stop);
        }

        if (isKnown || clock.UtcNow - row.Value.Since > Kept)
        {
            await unknown.ForgetAsync(row, stop);
        }
    }
}
