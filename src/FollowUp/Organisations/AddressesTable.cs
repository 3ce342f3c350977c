using Azure.Data.Tables;
using FollowUp.Email;
using FollowUp.Storage;

namespace FollowUp.Organisations;

/// <summary>An address that emails no longer go to, since when, and why.</summary>
public sealed record SuspendedAddress(EmailAddress Email, DateTimeOffset Since, string Why, string? Mid);

/// <summary>The health of addresses. It belongs to the address, for all organisations that use it.</summary>
internal sealed class AddressesTable(Store store, ChangeStamp stamp)
{
    private const string Suspended = "suspended";

    public async Task<IReadOnlyList<SuspendedAddress>> SuspendedAsync(CancellationToken stop)
    {
        var found = new List<SuspendedAddress>();
        await foreach (var entity in store.Addresses.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Suspended}"), cancellationToken: stop))
        {
            found.Add(Document.Read<SuspendedAddress>(entity).Value);
        }

        return found;
    }

    public async Task SuspendAsync(SuspendedAddress address, CancellationToken stop)
    {
        await store.Addresses.UpsertEntityAsync(Document.Entity(Suspended, Keys.Hash(address.Email.ToString()), address), TableUpdateMode.Replace, stop);
        await stamp.ChangedAsync(stop);
    }

    public async Task RestoreAsync(EmailAddress email, CancellationToken stop)
    {
        await store.Addresses.DeleteEntityAsync(Suspended, Keys.Hash(email.ToString()), cancellationToken: stop);
        await stamp.ChangedAsync(stop);
    }
}
