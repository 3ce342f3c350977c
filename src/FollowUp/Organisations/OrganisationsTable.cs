using Azure;
using Azure.Data.Tables;
using FollowUp.Email;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>A change of the directory: who changed what, and when.</summary>
public sealed record DirectoryEvent(DateTimeOffset At, string Actor, Organisation? Before, Organisation After);

/// <summary>
/// The directory. One partition, so that a change and its event are one transaction and the whole directory is one query.
/// </summary>
internal sealed class OrganisationsTable(Store store, ChangeStamp stamp)
{
    private const string Partition = "directory";
    private const string RowPrefix = "org|";

    public async Task<Row<Organisation>?> FindAsync(OrganisationId id, CancellationToken stop)
    {
        var found = await store.Organisations.GetEntityIfExistsAsync<TableEntity>(Partition, RowPrefix + id, cancellationToken: stop);
        return found.HasValue ? Document.Read<Organisation>(found.Value!) : null;
    }

    public async Task<OrganisationDirectory> ReadAllAsync(CancellationToken stop)
    {
        var organisations = new List<Organisation>();
        await foreach (var entity in store.Organisations.QueryAsync<TableEntity>(Keys.StartingWith(Partition, RowPrefix), cancellationToken: stop))
        {
            organisations.Add(Document.Read<Organisation>(entity).Value);
        }

        return new OrganisationDirectory(organisations);
    }

    /// <summary>Writes the organisation and the event of its change; false when somebody was faster.</summary>
    public Task<bool> SaveAsync(Row<Organisation>? before, Organisation after, string actor, DateTimeOffset now, CancellationToken stop)
    {
        var egt = new Egt(Partition);
        if (before is null)
        {
            egt.Insert(RowPrefix + after.Id, after);
        }
        else
        {
            egt.Replace(before, after);
        }

        egt.Insert($"evt|{after.Id}|{now.UtcTicks:d19}|{Guid.NewGuid():n}", new DirectoryEvent(now, actor, before?.Value, after));
        return stamp.AfterAsync(egt.CommitAsync(store.Organisations, stop), stop);
    }

    public async Task<IReadOnlyList<DirectoryEvent>> HistoryAsync(OrganisationId id, CancellationToken stop) =>
        [.. (await HistoryAsync(id, DateTimeOffset.MinValue, stop)).Select(row => row.Value)];

    /// <summary>The changes of an organisation from a moment on, the earliest first.</summary>
    public async Task<IReadOnlyList<Row<DirectoryEvent>>> HistoryAsync(OrganisationId id, DateTimeOffset from, CancellationToken stop)
    {
        var events = new List<Row<DirectoryEvent>>();
        await foreach (var entity in store.Organisations.QueryAsync<TableEntity>(Keys.Between(Partition, $"evt|{id}|{from.UtcTicks:d19}", $"evt|{id}|~"), cancellationToken: stop))
        {
            events.Add(Document.Read<DirectoryEvent>(entity));
        }

        return events;
    }
}

/// <summary>All organisations, as read at one moment.</summary>
public sealed class OrganisationDirectory(IEnumerable<Organisation> organisations)
{
    private readonly Dictionary<OrganisationId, Organisation> byId = organisations.ToDictionary(o => o.Id);

    public IEnumerable<Organisation> All => byId.Values.OrderBy(o => o.Name, StringComparer.Ordinal);

    public Organisation? Find(OrganisationId? id) => id is { } known ? byId.GetValueOrDefault(known) : null;

    /// <summary>The organisations above, the nearest first.</summary>
    public IReadOnlyList<Organisation> Above(Organisation organisation)
    {
        var line = new List<Organisation>();
        for (var next = Find(organisation.EscalatesTo); next is not null && !line.Contains(next) && next.Id != organisation.Id; next = Find(next.EscalatesTo))
        {
            line.Add(next);
        }

        return line;
    }

    /// <summary>The organisation's name; its id when it is not in the directory.</summary>
    public string NameOf(OrganisationId id) => Find(id)?.Name ?? id.ToString();

}
