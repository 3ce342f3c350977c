using Azure;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>The drafts, in the organisation's own partition of the register.</summary>
internal sealed class DraftsTable(Store store)
{
    private const string Prefix = "draft|";
    private const string ProgressSuffix = "|progress";

    public async Task<Row<Draft<T>>?> FindAsync<T>(OrganisationId organisation, RecommendationId id, CancellationToken stop)
        where T : class
    {
        var found = await store.Register.GetEntityIfExistsAsync<TableEntity>(organisation.ToString(), Key<T>(id), cancellationToken: stop);
        return found.HasValue ? Document.Read<Draft<T>>(found.Value!) : null;
    }

    /// <summary>Writes a draft; false when somebody was faster.</summary>
    public Task<bool> WriteAsync<T>(OrganisationId organisation, RecommendationId id, Row<Draft<T>>? before, Draft<T> after, CancellationToken stop)
        where T : class
    {
        var egt = RegisterTable.Change(organisation);
        return (before is null ? egt.Insert(Key<T>(id), after) : egt.Replace(before, after)).CommitAsync(store.Register, stop);
    }

    /// <summary>Takes away what was sent; when somebody has saved again since, their text stays.</summary>
    public Task<bool> RemoveAsync<T>(Row<Draft<T>> row, CancellationToken stop)
        where T : class
    {
        var egt = new Egt(row.PartitionKey);
        return (DraftRule.AfterSending(row.Value) is { } rest ? egt.Replace(row, rest) : egt.Delete(row)).CommitAsync(store.Register, stop);
    }

    /// <summary>The recommendations of an organisation that have a draft of an answer or of a report.</summary>
    public async Task<IReadOnlySet<RecommendationId>> AllAsync(OrganisationId organisation, CancellationToken stop)
    {
        var ids = new HashSet<RecommendationId>();
        var filter = Keys.StartingWith(organisation.ToString(), Prefix);
        await foreach (var row in store.Register.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: stop))
        {
            if (row.RowKey.Split('|') is [_, var inspection, var number, ..] && InspectionId.TryParse(inspection, null, out var inspectionId))
            {
                ids.Add(new RecommendationId(inspectionId, RecommendationNumber.FromPadded(number)));
            }
        }

        return ids;
    }

    private static string Key<T>(RecommendationId id) =>
        $"{Prefix}{id.Inspection}|{id.Number.Padded}{(typeof(T) == typeof(TypedUpdate) ? ProgressSuffix : "")}";
}
