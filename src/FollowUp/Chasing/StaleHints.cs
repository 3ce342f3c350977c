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
/// day has passed are older than that, whatever a clock that was moved has them say.
/// </summary>
internal sealed class StaleHints(Store store, RegisterTable register, MessageHints messages, InspectionsTable inspections, TasksTable tasks, FilesTable files, TimeProvider real)
{
    /// <returns>How many were taken away. What there was no time for is for the next sweep.</returns>
    public async Task<int> RemoveAsync(Situation situation, RunTime time) =>
        await RemoveAsync(store.Agenda, hint => IsWantedAsync(Hints.ReadAgenda(hint), situation, time.Stop), AnHourAgo(), time)
        + await RemoveAsync(store.Worklists, hint => IsOnListAsync(hint, time.Stop), AnHourAgo(), time)
        + await RemoveMessagesAsync(situation.Today, time);

    /// <summary>Messages that are settled, then the days that have no other ones and will get none.</summary>
    private async Task<int> RemoveMessagesAsync(DateOnly today, RunTime time)
    {
        var removed = 0;
        foreach (var day in await messages.DaysAsync(time.Stop))
        {
            var before = HasPassed(day.RowKey, today) ? DateTimeOffset.MaxValue : AnHourAgo();
            removed += await RemoveAsync(store.Messages, hint => IsUnsettledAsync(hint, time.Stop), before, time, messages.UnsettledOnAsync(day.RowKey, time.Stop));
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

    private static async Task<int> RemoveAsync(TableClient table, Func<TableEntity, Task<bool>> isWanted, DateTimeOffset before, RunTime time, IAsyncEnumerable<TableEntity>? some = null)
    {
        var removed = 0;
        await foreach (var hint in some ?? table.QueryAsync<TableEntity>(cancellationToken: time.Stop))
        {
            if (time.IsUp)
            {
                break;
            }

            if (hint.Timestamp < before && !await IsWantedOrUnreadableAsync(hint, isWanted))
            {
                removed += await Egt.DeleteHintAsync(table, hint, time.Stop) ? 1 : 0;
            }
        }

        return removed;
    }

    /// <summary>What leads to a row that cannot be read stays, as the row does.</summary>
    private static async Task<bool> IsWantedOrUnreadableAsync(TableEntity hint, Func<TableEntity, Task<bool>> isWanted)
    {
        try
        {
            return await isWanted(hint);
        }
        catch (UnreadableRowException)
        {
            return true;
        }
    }

    private async Task<bool> IsWantedAsync(AgendaEntry? entry, Situation situation, CancellationToken stop)
    {
        if (entry is null)
        {
            return false;
        }

        if (entry.Organisation is not { } organisation)
        {
            return await inspections.FindAsync(entry.Inspection, stop) is { Value: { Stage: InspectionStage.Scheduled or InspectionStage.Issuing } waiting } && (waiting.PublishedOn <= situation.Today || entry.On == waiting.PublishedOn);
        }

        return await register.FindAsync(organisation, new RecommendationId(entry.Inspection, entry.Number!.Value), stop) is { } row
            && SweepRegister.DueOn(row.Value, situation) is { } next
            && (next == entry.On || row.Value.Move is not null);
    }

    private async Task<bool> IsOnListAsync(TableEntity hint, CancellationToken stop)
    {
        if (hint.PartitionKey == TasksTable.DonePartition)
        {
            return await tasks.FindDoneAsync(hint.RowKey, stop) is not null;
        }

        var parts = hint.RowKey.Split('|');
        if (hint.PartitionKey == TasksTable.ListPartition)
        {
            return parts.Length > 1 && OrganisationId.TryParse(parts[0], null, out var of) && await tasks.FindAsync(of, hint.RowKey[(parts[0].Length + 1)..], stop) is { Value.DoneAt: null };
        }

        if (hint.PartitionKey == FilesTable.AwaitingScan)
        {
            return await files.FindAsync(hint, stop) is { Value.State: FileState.Awaiting };
        }

        return parts is [var day, var organisation, var inspection, var number]
            && OrganisationId.TryParse(organisation, null, out var organisationId)
            && RecommendationId.FromPadded(inspection, number) is { } id
            && await register.FindAsync(organisationId, id, stop) is { Value: { Move: null } state }
            && Hints.ListedOn(hint.PartitionKey, state) == day;
    }

    private async Task<bool> IsUnsettledAsync(TableEntity hint, CancellationToken stop) =>
        MessageHints.Read(hint) is { } place
        && await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is { Value: { IsSettled: false } message } && message.Mid == place.Mid;
}
