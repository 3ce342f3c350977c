using Azure;
using Azure.Data.Tables;

namespace FollowUp.Storage;

/// <summary>
/// One entity group transaction: all of its rows are written, or none. It holds to the service's limits itself,
/// because the emulator does not: one partition, at most 100 rows, each row once, 4 MiB, sound keys and sizes.
/// </summary>
internal sealed class Egt(string partitionKey)
{
    public const int MostRows = 100;
    private const int MostBytes = 4 * 1024 * 1024 - 64 * 1024;
    private const int MostRowBytes = 1024 * 1024;
    private readonly List<TableTransactionAction> actions = [];
    private readonly HashSet<string> rowKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ETag> written = new(StringComparer.Ordinal);
    private long bytes;

    public int Count => actions.Count;

    public Egt Insert(TableEntity entity) => Add(new TableTransactionAction(TableTransactionActionType.Add, entity));

    public Egt Insert<T>(string rowKey, T value) => Insert(Document.Entity(partitionKey, rowKey, value));

    /// <summary>Replaces a row if it is still as it was read.</summary>
    public Egt Replace<T>(Row<T> row, T value) =>
        Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, row.With(value), row.ETag));

    /// <summary>Replaces the row that was read, or writes a new one where there was none.</summary>
    public Egt Put<T>(Row<T>? row, string rowKey, T value) => row is null ? Insert(rowKey, value) : Replace(row, value);

    public Egt Delete<T>(Row<T> row) =>
        Add(new TableTransactionAction(TableTransactionActionType.Delete, row.Entity, row.ETag));

    /// <summary>Writes everything.</summary>
    /// <returns>False when a row had changed, gone or come in the meantime; then nothing is written.</returns>
    public async Task<bool> CommitAsync(TableClient table, CancellationToken stop)
    {
        if (actions.Count == 0)
        {
            return true;
        }

        try
        {
            var answers = (await table.SubmitTransactionAsync(actions, stop)).Value;
            foreach (var (action, answer) in actions.Zip(answers))
            {
                written[action.Entity.RowKey] = answer.Headers.ETag ?? default;
            }

            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            // A lost answer looks the same as a lost race: the caller reads again and finds its own operation, or decides anew.
            return false;
        }
    }

    /// <summary>A row as it stands after it was replaced, without reading it again.</summary>
    public Row<T> Written<T>(Row<T> row, T value) =>
        row with { Value = value, ETag = written[row.RowKey], Entity = row.With(value) };

    /// <summary>Takes a hint away if it is still as it was read.</summary>
    public static async Task<bool> DeleteHintAsync(TableClient table, TableEntity hint, CancellationToken stop)
    {
        try
        {
            await table.DeleteEntityAsync(hint.PartitionKey, hint.RowKey, hint.ETag, stop);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            return false;
        }
    }

    private Egt Add(TableTransactionAction action)
    {
        var entity = (TableEntity)action.Entity;
        var size = SizeOf(entity);
        bytes += size;
        Demand(entity.PartitionKey == partitionKey, $"partition {entity.PartitionKey} is not {partitionKey}");
        Demand(Keys.AreAllowed(entity.PartitionKey) && Keys.AreAllowed(entity.RowKey), $"the key {entity.RowKey} holds characters that are not allowed");
        Demand(rowKeys.Add(entity.RowKey), $"the row {entity.RowKey} stands in it twice");
        Demand(actions.Count < MostRows, $"it would hold more than {MostRows} rows");
        Demand(size <= MostRowBytes, $"the row {entity.RowKey} is larger than 1 MiB");
        Demand(bytes <= MostBytes, "it would be larger than 4 MiB");
        Demand(action.ActionType == TableTransactionActionType.Add || action.ETag != default, $"the row {entity.RowKey} would be overwritten unread");
        actions.Add(action);
        return this;
    }

    private static long SizeOf(TableEntity entity)
    {
        long size = 0;
        foreach (var (name, value) in entity)
        {
            if (value is string text)
            {
                Demand(text.Length < 32_768, $"the property {name} of {entity.RowKey} is longer than 32,768 characters");
                size += 2 * text.Length;
            }

            size += 2 * name.Length + 16;
        }

        return size;
    }

    private static void Demand(bool held, string fault)
    {
        if (!held)
        {
            throw new InvalidOperationException($"A transaction cannot be built: {fault}.");
        }
    }
}
