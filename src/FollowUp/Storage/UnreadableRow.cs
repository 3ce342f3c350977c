using Azure.Data.Tables;

namespace FollowUp.Storage;

/// <summary>A row that this release cannot read. It is shown to staff and never overwritten.</summary>
/// <param name="Why">What is wrong with it, without what stands in it.</param>
/// <param name="ETag">Which of its versions that was.</param>
public sealed record UnreadableRow(string PartitionKey, string RowKey, string Why, string? ETag = null)
{
    public override string ToString() => $"The row {PartitionKey} / {RowKey} cannot be read: {Why}.";
}

/// <summary>A row that was needed cannot be read.</summary>
public sealed class UnreadableRowException(UnreadableRow row, Exception? inner = null) : Exception(row.ToString(), inner)
{
    public UnreadableRowException(TableEntity entity, string why, Exception? inner = null)
        : this(new UnreadableRow(entity.PartitionKey, entity.RowKey, why, entity.ETag.ToString()), inner)
    {
    }

    public UnreadableRow Row { get; } = row;
}
