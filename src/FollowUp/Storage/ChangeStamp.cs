using Azure.Data.Tables;

namespace FollowUp.Storage;

/// <summary>
/// Says that something has changed that many readers keep in memory: the directory, suspended addresses, inspections,
/// the calendar, the ladder. Whoever changes one of them stamps afterwards; a crash in between leaves readers with what
/// they know for as long as they may keep it (<see cref="Kept{T}"/>).
/// </summary>
internal sealed class ChangeStamp(Store store)
{
    /// <summary>The partition of <c>Settings</c> that is read before every email leaves.</summary>
    internal const string Partition = "sending";
    private const string RowKey = "stamp";
    internal const string Property = "stamp";

    /// <summary>The stamp as it is now; null before the first change.</summary>
    public async Task<string?> ReadAsync(CancellationToken stop)
    {
        var found = await store.Settings.GetEntityIfExistsAsync<TableEntity>(Partition, RowKey, cancellationToken: stop);
        return found.HasValue ? found.Value!.GetString(Property) : null;
    }

    public async Task ChangedAsync(CancellationToken stop) =>
        await store.Settings.UpsertEntityAsync(new TableEntity(Partition, RowKey) { [Property] = Guid.NewGuid().ToString("n") }, TableUpdateMode.Replace, stop);

    /// <summary>Stamps when the change was made.</summary>
    /// <returns>Whether it was made.</returns>
    public async Task<bool> AfterAsync(Task<bool> change, CancellationToken stop)
    {
        var made = await change;
        if (made)
        {
            await ChangedAsync(stop);
        }

        return made;
    }
}
