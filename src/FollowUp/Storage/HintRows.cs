using Azure.Data.Tables;

namespace FollowUp.Storage;

/// <summary>Writes rows that may be written again at any time, and over whatever is there.</summary>
internal static class HintRows
{
    /// <summary>Writes them, one request for each partition (and each hundred rows).</summary>
    public static async Task PutAsync(TableClient table, IEnumerable<TableEntity> hints, CancellationToken stop)
    {
        foreach (var partition in hints.DistinctBy(h => (h.PartitionKey, h.RowKey)).GroupBy(h => h.PartitionKey))
        {
            foreach (var some in partition.Chunk(Egt.MostRows))
            {
                await (some is [var one]
                    ? table.UpsertEntityAsync(one, TableUpdateMode.Replace, stop)
                    : (Task)table.SubmitTransactionAsync(some.Select(h => new TableTransactionAction(TableTransactionActionType.UpsertReplace, h)), stop));
            }
        }
    }
}
