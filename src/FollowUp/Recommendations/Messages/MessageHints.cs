using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Where a message stands.</summary>
public sealed record MessagePlace(string Mid, OrganisationId Organisation, string RowKey);

/// <summary>
/// Leads from a message's id to its row, and lists the messages that are not settled. A message's id begins with its
/// day, and a day is a partition, so that all messages of a plan are one request; the days that have messages are listed
/// themselves. As with all hints, they are written before the row and every reader checks the row.
/// </summary>
internal sealed class MessageHints(Store store)
{
    internal const string Days = "_days";
    private const string PlacePrefix = "p|";
    private const string UnsettledPrefix = "u|";
    private const int Lot = 20;
    private readonly ConcurrentDictionary<string, bool> listed = [];
    private readonly ConcurrentBag<string> settled = [];

    public Task LeadToAsync(MessagePlace place, CancellationToken stop) => LeadToAsync([place], stop);

    public async Task LeadToAsync(IReadOnlyCollection<MessagePlace> places, CancellationToken stop)
    {
        await ListAsync(places.Select(p => Mid.DayOf(p.Mid)).Where(d => !listed.ContainsKey(d)), stop);
        await PutAsync(places, stop);
    }

    /// <summary>Leads again to messages that may be of days which are listed no more.</summary>
    public async Task RepairAsync(IReadOnlyCollection<MessagePlace> places, CancellationToken stop)
    {
        await ListAsync(places.Select(p => Mid.DayOf(p.Mid)), stop);
        await PutAsync(places, stop);
    }

    /// <summary>Leads again to messages that are settled, of which something may still be told.</summary>
    public Task LeadBackAsync(IEnumerable<MessagePlace> places, CancellationToken stop) => HintRows.PutAsync(store.Messages, places.Select(p => Hint(PlacePrefix, p)), stop);

    private async Task ListAsync(IEnumerable<string> days, CancellationToken stop)
    {
        var some = days.Distinct().ToList();
        await HintRows.PutAsync(store.Messages, some.Select(day => new TableEntity(Days, day)), stop);
        some.ForEach(day => listed[day] = true);
    }

    private async Task PutAsync(IReadOnlyCollection<MessagePlace> places, CancellationToken stop) =>
        await HintRows.PutAsync(store.Messages, places.SelectMany(p => new[] { Hint(PlacePrefix, p), Hint(UnsettledPrefix, p) }), stop);

    /// <summary>The organisations that have messages of a day or of one after it. An organisation that is not among them had none when this was read.</summary>
    public async Task<IReadOnlySet<OrganisationId>> OrganisationsSinceAsync(DateOnly day, CancellationToken stop)
    {
        var found = new HashSet<OrganisationId>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {Mid.Day(day)} and PartitionKey lt {Days} and RowKey ge {PlacePrefix} and RowKey lt {UnsettledPrefix}");
        await foreach (var hint in store.Messages.QueryAsync<TableEntity>(filter, cancellationToken: stop))
        {
            if (Read(hint) is { } place)
            {
                found.Add(place.Organisation);
            }
        }

        return found;
    }

    public async Task<MessagePlace?> FindAsync(string mid, CancellationToken stop)
    {
        if (!Mid.IsOne(mid))
        {
            return null;
        }

        var found = await store.Messages.GetEntityIfExistsAsync<TableEntity>(Mid.DayOf(mid), PlacePrefix + mid, cancellationToken: stop);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <param name="stop">Stops the reading.</param>
    /// <param name="before">Of the days before this one alone; null for all.</param>
    public async IAsyncEnumerable<MessagePlace> UnsettledAsync([EnumeratorCancellation] CancellationToken stop, DateOnly? before = null)
    {
        foreach (var day in (await DaysAsync(stop)).Where(d => before is not { } today || string.CompareOrdinal(d.RowKey, Mid.Day(today)) < 0))
        {
            await foreach (var hint in UnsettledOnAsync(day.RowKey, stop))
            {
                if (Read(hint) is { } place)
                {
                    yield return place;
                }
            }
        }
    }

    /// <summary>
    /// Takes a message off the unsettled ones, once its row says that it is settled: some at a time. Those that a
    /// crash forgets are found settled by the next run of the chase.
    /// </summary>
    public async Task SettledAsync(string mid, CancellationToken stop)
    {
        settled.Add(mid);
        if (settled.Count >= Lot)
        {
            await ClearSettledAsync(stop);
        }
    }

    public async Task ClearSettledAsync(CancellationToken stop)
    {
        var mids = new HashSet<string>();
        while (settled.TryTake(out var mid))
        {
            mids.Add(mid);
        }

        foreach (var some in mids.GroupBy(Mid.DayOf).SelectMany(day => day.Chunk(Egt.MostRows)))
        {
            await DeleteAsync(some, stop);
        }
    }

    internal async Task<IReadOnlyList<TableEntity>> DaysAsync(CancellationToken stop)
    {
        var days = new List<TableEntity>();
        await foreach (var day in store.Messages.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Days}"), cancellationToken: stop))
        {
            days.Add(day);
        }

        return days;
    }

    internal IAsyncEnumerable<TableEntity> UnsettledOnAsync(string day, CancellationToken stop) =>
        store.Messages.QueryAsync<TableEntity>(Keys.StartingWith(day, UnsettledPrefix), cancellationToken: stop);

    internal static MessagePlace? Read(TableEntity hint) =>
        OrganisationId.TryParse(hint.GetString("organisation"), null, out var organisation) && hint.GetString("row") is { } row
            ? new MessagePlace(hint.RowKey[(hint.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..], organisation, row)
            : null;

    /// <summary>All at once; when somebody else has taken some of them away, one by one.</summary>
    private async Task DeleteAsync(IReadOnlyList<string> mids, CancellationToken stop)
    {
        try
        {
            await store.Messages.SubmitTransactionAsync(mids.Select(m => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Mid.DayOf(m), UnsettledPrefix + m), Azure.ETag.All)), stop);
        }
        catch (Azure.RequestFailedException gone) when (gone.Status == 404)
        {
            foreach (var mid in mids)
            {
                await store.Messages.DeleteEntityAsync(Mid.DayOf(mid), UnsettledPrefix + mid, cancellationToken: stop);
            }
        }
    }

    private static TableEntity Hint(string prefix, MessagePlace place) =>
        new(Mid.DayOf(place.Mid), prefix + place.Mid) { ["organisation"] = place.Organisation.ToString(), ["row"] = place.RowKey };
}
