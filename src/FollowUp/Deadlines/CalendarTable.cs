using System.Globalization;
using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Deadlines;

/// <summary>The calendar that holds: the published bank holidays, overlaid by the days that staff have added or taken out.</summary>
internal sealed class CalendarTable(Store store)
{
    private const string Partition = "holidays";

    public async Task<WorkingCalendar> ReadAsync(CancellationToken stop)
    {
        var edited = new List<KeyValuePair<DateOnly, string?>>();
        await foreach (var row in store.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop))
        {
            edited.Add(new(DateOnly.ParseExact(row.RowKey, "yyyy-MM-dd", CultureInfo.InvariantCulture), row.GetString("title")));
        }

        return edited.Count == 0 ? WorkingCalendar.Published : new WorkingCalendar(BankHoliday.Published, edited);
    }
}
