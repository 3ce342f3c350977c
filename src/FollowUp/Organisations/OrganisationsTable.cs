using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>A change of the directory: who changed what, and when.</summary>
/// <param name="HasLetters">Whether whoever changed it writes to the contacts about it, as a nomination does.</param>
public sealed record DirectoryEvent(DateTimeOffset At, string Actor, Organisation? Before, Organisation After, bool HasLetters = false);

/// <summary>
/// The directory. One partition, so that a change and its event are one transaction and the whole directory is one query.
/// </summary>
internal sealed class OrganisationsTable(Store store, ChangeStamp stamp)
{
    private const string Partition = "directory";
    private const string RowPrefix = "org|";

    public async Task<Row<Organisation>?> FindAsync(OrganisationId id, CancellationToken stop) =>
        await Document.FindAsync<Organisation>(store.Organisations, Partition, RowPrefix + id, stop);

    public async Task<OrganisationDirectory> ReadAllAsync(CancellationToken stop)
    {
        var (organisations, unreadable) = (new List<Organisation>(), new List<UnreadableRow>());
        await foreach (var entity in store.Organisations.QueryAsync<TableEntity>(Keys.StartingWith(Partition, RowPrefix), cancellationToken: stop))
        {
            if (Document.Read<Organisation>(entity, unreadable) is { } row)
            {
                organisations.Add(row.Value);
            }
        }

        return new OrganisationDirectory(organisations, unreadable.ToDictionary(row => OrganisationId.Parse(row.RowKey[RowPrefix.Length..], null)));
    }

    /// <summary>Writes the organisation and the event of its change; false when somebody was faster.</summary>
    /// <param name="before">The row as it was read; null for a new organisation.</param>
    /// <param name="after">The organisation as it is from now on.</param>
    /// <param name="actor">Who changed it.</param>
    /// <param name="now">The moment.</param>
    /// <param name="stop">Stops the writing.</param>
    /// <param name="hasLetters">Whether the contacts have letters of their own about it, so that nobody tells them again.</param>
    public Task<bool> SaveAsync(Row<Organisation>? before, Organisation after, string actor, DateTimeOffset now, CancellationToken stop, bool hasLetters = false)
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

        egt.Insert($"evt|{after.Id}|{now.UtcTicks:d19}|{Guid.NewGuid():n}", new DirectoryEvent(now, actor, before?.Value, after, hasLetters));
        return stamp.AfterAsync(egt.CommitAsync(store.Organisations, stop), stop);
    }

    /// <summary>The changes of an organisation from a moment on, the earliest first.</summary>
    /// <param name="id">The organisation.</param>
    /// <param name="from">The moment.</param>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public Task<IReadOnlyList<Row<DirectoryEvent>>> HistoryAsync(OrganisationId id, DateTimeOffset from, ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        EventsAsync(Keys.Between(Partition, $"evt|{id}|{from.UtcTicks:d19}", $"evt|{id}|~"), unreadable, stop);

    /// <summary>The changes of all organisations.</summary>
    public Task<IReadOnlyList<Row<DirectoryEvent>>> AllHistoryAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        EventsAsync(Keys.StartingWith(Partition, "evt|"), unreadable, stop);

    private async Task<IReadOnlyList<Row<DirectoryEvent>>> EventsAsync(string filter, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var events = new List<Row<DirectoryEvent>>();
        await foreach (var entity in store.Organisations.QueryAsync<TableEntity>(filter, cancellationToken: stop))
        {
            if (Document.Read<DirectoryEvent>(entity, unreadable) is { } row)
            {
                events.Add(row);
            }
        }

        return events;
    }
}
