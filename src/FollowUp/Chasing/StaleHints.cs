using System.Globalization;
using Azure.Data.Tables;
using FollowUp.Evidence;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>
/// Takes away hints that lead nowhere. A hint is written before the row that it leads to, so only one that is an hour
/// old by its own stamp is looked at, only after reading the register, and only as it was read. Those of messages whose
/// day has passed are older than that, whatever a clock that was moved has them say. Rows are read for many hints at once.
/// </summary>
internal sealed class StaleHints(Store store, RegisterTable register, MessageHints messages, InspectionsTable inspections, TasksTable tasks, FilesTable files, TimeProvider real)
{
    private const int Lot = 100;

    /// <returns>How many were taken away. What there was no time for is for the next sweep.</returns>
    public async Task<int> RemoveAsync(Situation situation, RunTime time) =>
        await RemoveAsync(store.Agenda, store.Agenda.QueryAsync<TableEntity>(cancellationToken: time.Stop), AnHourAgo(), lot => NotWantedAsync(lot, situation, time.Stop), time)
        + await RemoveAsync(store.Worklists, store.Worklists.QueryAsync<TableEntity>(cancellationToken: time.Stop), AnHourAgo(), lot => NotListedAsync(lot, time.Stop), time)
        + await RemoveMessagesAsync(situation.Today, time);

    /// <summary>Messages that are settled, then the days that have no other ones and will get none.</summary>
    private async Task<int> RemoveMessagesAsync(DateOnly today, RunTime time)
    {
        var removed = 0;
        foreach (var day in await messages.DaysAsync(time.Stop))
        {
            var before = HasPassed(day.RowKey, today) ? DateTimeOffset.MaxValue : AnHourAgo();
            removed += await RemoveAsync(store.Messages, messages.UnsettledOnAsync(day.RowKey, time.Stop), before, lot => SettledAsync(lot, time.Stop), time);
            if (HasPassed(day.RowKey, today) && !await messages.UnsettledOnAsync(day.RowKey, time.Stop).AnyAsync(time.Stop))
            {
                removed += await Egt.DeleteHintAsync(store.Messages, day, time.Stop) ? 1 : 0;
            }
        }

        return removed;
    }

    /// <summary>Whether no message of that day is written any more.</summary>
    private static bool HasPassed(string day, DateOnly today) =>
        DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && on < today.AddDays(-2);

    private DateTimeOffset AnHourAgo() => real.GetUtcNow().AddHours(-1);

    private static async Task<int> RemoveAsync(TableClient table, IAsyncEnumerable<TableEntity> some, DateTimeOffset before, Func<TableEntity[], Task<IReadOnlyList<TableEntity>>> find, RunTime time)
    {
        var removed = 0;
        await foreach (var lot in some.Where(hint => hint.Timestamp < before).Chunk(Lot))
        {
            if (time.IsUp)
            {
                break;
            }

            foreach (var stale in await find(lot))
            {
                removed += await Egt.DeleteHintAsync(table, stale, time.Stop) ? 1 : 0;
            }
        }

        return removed;
    }

    /// <summary>The entries of the agenda that lead nowhere.</summary>
    private async Task<IReadOnlyList<TableEntity>> NotWantedAsync(TableEntity[] hints, Situation situation, CancellationToken stop)
    {
        var entries = hints.Select(hint => (Hint: hint, Entry: Hints.ReadAgenda(hint))).ToList();
        var known = await StatesAsync(entries.Where(e => e.Entry?.Organisation is not null).Select(e => (e.Entry!.Organisation!.Value, new RecommendationId(e.Entry.Inspection, e.Entry.Number!.Value))), stop);
        return await NotAsync(entries, async e => e.Entry switch
        {
            null => false,
            { Organisation: { } organisation } entry => known.Says((organisation, new RecommendationId(entry.Inspection, entry.Number!.Value)), state => IsDueOn(state, entry.On, situation)),
            { } entry => await IsToBeIssuedAsync(entry, situation, stop),
        });
    }

    private static bool IsDueOn(Recommendation state, DateOnly on, Situation situation) =>
        SweepRegister.DueOn(state, situation) is { } next && (next == on || state.Move is not null);

    private async Task<bool> IsToBeIssuedAsync(AgendaEntry entry, Situation situation, CancellationToken stop) =>
        await inspections.FindAsync(entry.Inspection, stop) is { Value: { Stage: InspectionStage.Scheduled or InspectionStage.Issuing } waiting } && (waiting.PublishedOn <= situation.Today || entry.On == waiting.PublishedOn);

    /// <summary>The entries of the lists that lead nowhere.</summary>
    private async Task<IReadOnlyList<TableEntity>> NotListedAsync(TableEntity[] hints, CancellationToken stop)
    {
        var (toTasks, toStates) = (hints.ToDictionary(hint => hint, TasksTable.ReadHint), hints.ToDictionary(hint => hint, Hints.ReadWorklist));
        var known = await StatesAsync(toStates.Values.OfType<(OrganisationId, RecommendationId)>(), stop);
        var present = await TasksAsync(toTasks.Values.OfType<(OrganisationId Organisation, string Key)>(), stop);
        return await NotAsync(hints.Select(hint => (Hint: hint, Entry: hint.PartitionKey)), async e => e.Entry switch
        {
            TasksTable.ListPartition or TasksTable.DonePartition => toTasks[e.Hint] is { } place && present.Says(place, task => TasksTable.IsListedBy(e.Hint, task)),
            FilesTable.AwaitingScan => await files.FindAsync(e.Hint, stop) is { Value.State: FileState.Awaiting },
            _ => toStates[e.Hint] is { } place && known.Says(place, state => state.Move is null && e.Hint.RowKey.StartsWith(Hints.ListedOn(e.Entry, state) + "|", StringComparison.Ordinal)),
        });
    }

    /// <summary>The hints of unsettled messages that are settled, or not there.</summary>
    private Task<IReadOnlyList<TableEntity>> SettledAsync(TableEntity[] hints, CancellationToken stop) =>
        NotAsync(hints.Select(hint => (Hint: hint, Entry: MessageHints.Read(hint))), async e =>
            e.Entry is { } place && await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is { Value: { IsSettled: false } message } && message.Mid == place.Mid);

    /// <summary>Those of which something does not hold. What leads to a row that cannot be read stays, as the row does.</summary>
    private static async Task<IReadOnlyList<TableEntity>> NotAsync<T>(IEnumerable<(TableEntity Hint, T Entry)> entries, Func<(TableEntity Hint, T Entry), Task<bool>> holdsAsync)
    {
        var not = new List<TableEntity>();
        foreach (var entry in entries)
        {
            try
            {
                if (!await holdsAsync(entry))
                {
                    not.Add(entry.Hint);
                }
            }
            catch (UnreadableRowException)
            {
                // It stays
            }
        }

        return not;
    }

    private async Task<Known<(OrganisationId, RecommendationId), Recommendation>> StatesAsync(IEnumerable<(OrganisationId Organisation, RecommendationId Id)> places, CancellationToken stop)
    {
        var known = new Known<(OrganisationId, RecommendationId), Recommendation>(place => (place.Item1.ToString(), RegisterTable.StateKey(place.Item2)));
        foreach (var ofOne in places.GroupBy(place => place.Organisation, place => place.Id))
        {
            await foreach (var row in register.RowsOfAsync(ofOne.Key, ofOne.ToHashSet(), stop, known.Unreadable))
            {
                known.Rows[(ofOne.Key, row.Value.Id)] = row.Value;
            }
        }

        return known;
    }

    private async Task<Known<(OrganisationId, string), StaffTask>> TasksAsync(IEnumerable<(OrganisationId Organisation, string Key)> places, CancellationToken stop)
    {
        var known = new Known<(OrganisationId, string), StaffTask>(place => (place.Item1.ToString(), TasksTable.RowKey(place.Item2)));
        foreach (var organisation in places.Select(place => place.Organisation).Distinct())
        {
            await foreach (var task in tasks.AllOfAsync(organisation, stop, known.Unreadable))
            {
                known.Rows[(organisation, task.Key)] = task;
            }
        }

        return known;
    }

    /// <summary>Rows that were read together.</summary>
    /// <param name="keyOf">The keys of the row of a place.</param>
    private sealed class Known<TPlace, TRow>(Func<TPlace, (string Partition, string Row)> keyOf) where TPlace : notnull
    {
        public Dictionary<TPlace, TRow> Rows { get; } = [];

        public List<UnreadableRow> Unreadable { get; } = [];

        /// <summary>Whether there is such a row and something holds of it; what cannot be read counts as if it did.</summary>
        public bool Says(TPlace place, Func<TRow, bool> holds) =>
            Rows.TryGetValue(place, out var row) ? holds(row) : Unreadable.Any(damage => (damage.PartitionKey, damage.RowKey) == keyOf(place));
    }
}
