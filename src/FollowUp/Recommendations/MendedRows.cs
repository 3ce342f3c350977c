using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Knows whether a row that could not be read has been put right since: somebody has written or taken it, or this release
/// knows its schema. Whoever meets it and still cannot read it opens the task again.
/// </summary>
internal sealed class MendedRows(Store store)
{
    private const char Between = '\n';

    /// <summary>What the task about a row keeps, to know later whether it is still the same.</summary>
    public static string? SubjectOf(UnreadableRow row) => row.ETag is { } tag ? string.Join(Between, row.PartitionKey, row.RowKey, tag) : null;

    public async Task<bool> ContainAsync(StaffTask task, CancellationToken stop)
    {
        if (task.Subject?.Split(Between) is not [var partition, var key, var tag])
        {
            return false;
        }

        foreach (var table in new[] { store.Register, store.Inspections, store.Organisations, store.Addresses, store.Settings, store.Runs })
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: stop);
            if (found.HasValue && found.Value!.ETag.ToString() == tag)
            {
                return Document.IsOfAnotherSchema(task.Why) && Document.KnowsSchemaOf(found.Value);
            }
        }

        return true;
    }
}
