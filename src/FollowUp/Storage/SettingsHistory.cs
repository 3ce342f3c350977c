using System.Globalization;
using Azure.Data.Tables;

namespace FollowUp.Storage;

/// <summary>Something that a person changed about how the service works.</summary>
/// <param name="What">What was done, in a sentence.</param>
public sealed record SettingsChange(DateTimeOffset At, string By, string What, string? Why);

/// <summary>Who changed what about how the service works. It is written before the change: a crash in between shows too much, never too little.</summary>
internal sealed class SettingsHistory(Store store)
{
    public const string Sending = "sending";
    public const string Holidays = "holidays";

    public async Task RecordAsync(string area, SettingsChange change, CancellationToken stop)
    {
        var newestFirst = (DateTimeOffset.MaxValue.UtcTicks - change.At.UtcTicks).ToString("d19", CultureInfo.InvariantCulture);
        await store.Settings.AddEntityAsync(Document.Entity(Partition(area), $"{newestFirst}|{Guid.NewGuid():n}", change), stop);
    }

    /// <summary>The latest changes, the newest first.</summary>
    /// <param name="area">What they are about.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<IReadOnlyList<SettingsChange>> LatestAsync(string area, int most, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var changes = new List<SettingsChange>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(area)}");
        await foreach (var entity in store.Settings.QueryAsync<TableEntity>(filter, maxPerPage: most, cancellationToken: stop))
        {
            if (Document.Read<SettingsChange>(entity, unreadable) is { } row)
            {
                changes.Add(row.Value);
            }

            if (changes.Count == most)
            {
                break;
            }
        }

        return changes;
    }

    private static string Partition(string area) => "history-" + area;
}
