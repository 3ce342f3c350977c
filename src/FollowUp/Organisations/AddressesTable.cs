using Azure.Data.Tables;
using FollowUp.Email;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>The health of addresses. It belongs to the address, for all organisations that use it.</summary>
internal sealed class AddressesTable(Store store, ChangeStamp stamp)
{
    private const string Suspended = "suspended";

    public async Task<SuspendedAddresses> SuspendedAsync(CancellationToken stop)
    {
        var (found, unreadable) = (new List<SuspendedAddress>(), new List<UnreadableRow>());
        await foreach (var entity in store.Addresses.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Suspended}"), cancellationToken: stop))
        {
            if (Document.Read<SuspendedAddress>(entity, unreadable) is { } row)
            {
                found.Add(row.Value);
            }
        }

        return new SuspendedAddresses(found, unreadable);
    }

    /// <summary>Since when and why nothing goes to an address; null when it does.</summary>
    /// <exception cref="UnreadableRowException">Nothing goes to it, and nobody can read why.</exception>
    public async Task<SuspendedAddress?> FindAsync(EmailAddress email, CancellationToken stop) => (await RowAsync(email, null, stop))?.Value;

    /// <summary>Suspends an address. A row that cannot be read suspends it already, and stays as it is.</summary>
    public async Task SuspendAsync(SuspendedAddress address, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        await RowAsync(address.Email, unreadable, stop);
        if (unreadable.Count == 0)
        {
            await store.Addresses.UpsertEntityAsync(Document.Entity(Suspended, SuspendedAddresses.KeyOf(address.Email), address), TableUpdateMode.Replace, stop);
            await stamp.ChangedAsync(stop);
        }
    }

    /// <summary>Lets emails go to an address again.</summary>
    /// <exception cref="UnreadableRowException">Nobody can read why it is suspended, so it stays so.</exception>
    public async Task RestoreAsync(EmailAddress email, CancellationToken stop)
    {
        await FindAsync(email, stop);
        await store.Addresses.DeleteEntityAsync(Suspended, SuspendedAddresses.KeyOf(email), cancellationToken: stop);
        await stamp.ChangedAsync(stop);
    }

    private async Task<Row<SuspendedAddress>?> RowAsync(EmailAddress email, ICollection<UnreadableRow>? unreadable, CancellationToken stop) =>
        await Document.FindAsync<SuspendedAddress>(store.Addresses, Suspended, SuspendedAddresses.KeyOf(email), stop, unreadable);
}
