using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Data.Tables;
using FollowUp.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FollowUp.Access;

/// <summary>
/// The key ring of cookies and forms, shared by all instances. Whoever needs a key waits for it with a thread, so the
/// table has less time to answer than storage has elsewhere. A row that cannot be read takes no other key away.
/// </summary>
internal sealed partial class KeyRingTable(Store store, ILogger<KeyRingTable> logger) : IXmlRepository
{
    private const string Partition = "keys";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public IReadOnlyCollection<XElement> GetAllElements() => InTime<IReadOnlyCollection<XElement>>(stop =>
        [.. store.DataProtectionKeys.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop).Select(Read).OfType<XElement>()]);

    public void StoreElement(XElement element, string friendlyName) => InTime(stop =>
        store.DataProtectionKeys.AddEntity(new TableEntity(Partition, Keys.Hash(friendlyName)) { ["xml"] = element.ToString(SaveOptions.DisableFormatting) }, stop));

    private XElement? Read(TableEntity row)
    {
        try
        {
            if (row.TryGetValue("xml", out var value) && value is string text)
            {
                return XElement.Parse(text);
            }

            KeyRingTableLog.NotRead(logger, null, row.RowKey);
        }
        catch (XmlException damaged)
        {
            KeyRingTableLog.NotRead(logger, damaged, row.RowKey);
        }

        return null;
    }

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

    private static partial class KeyRingTableLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The row {Row} of the table DataProtectionKeys holds no key that can be read, and is passed over: sessions and forms under that key end. Put it back, or delete it.")]
        public static partial void NotRead(ILogger logger, Exception? exception, string row);
    }
}
