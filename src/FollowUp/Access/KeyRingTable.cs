using System.Xml.Linq;
using Azure;
using Azure.Data.Tables;
using FollowUp.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FollowUp.Access;

/// <summary>
/// The key ring of cookies and forms, shared by all instances. Whoever needs a key waits for it with a thread, so the
/// table has less time to answer than storage has elsewhere.
/// </summary>
internal sealed class KeyRingTable(Store store) : IXmlRepository
{
    private const string Partition = "keys";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public IReadOnlyCollection<XElement> GetAllElements() => InTime<IReadOnlyCollection<XElement>>(stop =>
        [.. store.DataProtectionKeys.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop).Select(row => XElement.Parse(row.GetString("xml")))]);

    public void StoreElement(XElement element, string friendlyName) => InTime(stop =>
        store.DataProtectionKeys.AddEntity(new TableEntity(Partition, Keys.Hash(friendlyName)) { ["xml"] = element.ToString(SaveOptions.DisableFormatting) }, stop));

    private static T InTime<T>(Func<CancellationToken, T> work)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return work(limit.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new RequestFailedException($"The table of the key ring has not answered for {Patience.TotalSeconds} seconds.", late);
        }
    }
}
