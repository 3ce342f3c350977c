using System.Globalization;
using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Deadlines;

/// <summary>A day that staff have added to the bank holidays or taken out.</summary>
/// <param name="Title">What the day is called; null when it was taken out.</param>
/// <param name="Source">Where it stands, or why.</param>
public sealed record EditedDay(DateOnly Day, string? Title, string? Source, string? By, DateTimeOffset? At);

/// <summary>The calendar that holds: the published bank holidays, overlaid by the days that staff have added or taken out.</summary>
internal sealed class CalendarTable(Store store, ChangeStamp stamp)
{
    private const string Partition = "holidays";

    /// <summary>The calendar. A day that cannot be read must not be passed over, as every date might be wrong then: nothing is chased until it can be.</summary>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes days that cannot be read, for those who count no deadlines.</param>
    /// <exception cref="UnreadableRowException">A day cannot be read.</exception>
    public async Task<WorkingCalendar> ReadAsync(CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) => With(await EditedAsync(stop, unreadable));

    /// <summary>The days that staff have added or taken out.</summary>
    public async Task<IReadOnlyList<EditedDay>> EditedAsync(CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        var edited = new List<EditedDay>();
        await foreach (var row in store.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop))
        {
            try
            {
                edited.Add(Read(row));
            }
            catch (UnreadableRowException damage) when (unreadable is not null)
            {
                unreadable.Add(damage.Row);
            }
        }

        return edited;
    }

    /// <summary>The published bank holidays with days that were added or taken out.</summary>
    public static WorkingCalendar With(IReadOnlyCollection<EditedDay> edited) => edited.Count == 0
        ? WorkingCalendar.Published
        : new(BankHoliday.Published, edited.Select(e => KeyValuePair.Create(e.Day, e.Title)));

    /// <summary>Adds a day or takes it out.</summary>
    public async Task SaveAsync(EditedDay edited, CancellationToken stop)
    {
        var row = new TableEntity(Partition, edited.Day.Iso()) { ["title"] = edited.Title, ["source"] = edited.Source, ["by"] = edited.By, ["at"] = edited.At };
        await store.Settings.UpsertEntityAsync(row, TableUpdateMode.Replace, stop);
        await stamp.ChangedAsync(stop);
    }

    /// <summary>Leaves a day as it was published.</summary>
    public async Task ForgetAsync(DateOnly day, CancellationToken stop)
    {
        await store.Settings.DeleteEntityAsync(Partition, day.Iso(), cancellationToken: stop);
        await stamp.ChangedAsync(stop);
    }

    private static EditedDay Read(TableEntity row)
    {
        try
        {
            return row.GetInt32("v") > Document.SchemaVersion
                ? throw new UnreadableRowException(row, $"its schema version is {row["v"]}, and this release knows {Document.SchemaVersion}")
                : new EditedDay(DateOnly.ParseExact(row.RowKey, "yyyy-MM-dd", CultureInfo.InvariantCulture), row.GetString("title"), row.GetString("source"), row.GetString("by"), row.GetDateTimeOffset("at"));
        }
        catch (Exception damage) when (damage is FormatException or InvalidOperationException or InvalidCastException)
        {
            throw new UnreadableRowException(row, damage.Message, damage);
        }
    }
}
