using System.Xml.Linq;
using Azure.Data.Tables;
using FollowUp.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FollowUp.Access;

/// <summary>The key ring of cookies and forms, shared by all instances.</summary>
internal sealed class KeyRingTable(Store store) : IXmlRepository
{
    private const string Partition = "keys";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.DataProtectionKeys.Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}")).Select(row => XElement.Parse(row.GetString("xml")))];

    public void StoreElement(XElement element, string friendlyName) =>
        store.DataProtectionKeys.AddEntity(new TableEntity(Partition, Keys.Hash(friendlyName)) { ["xml"] = element.ToString(SaveOptions.DisableFormatting) });
}
