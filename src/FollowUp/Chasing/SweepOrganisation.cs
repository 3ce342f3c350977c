using FollowUp.Contacts;
using FollowUp.Evidence;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Goes through everything of one organisation: writes the hints that its rows ask for, carries on what was interrupted, and gives staff the tasks that nothing else would.</summary>
internal sealed class SweepOrganisation(RegisterTable register, Hints hints, MessageHints messageHints, CalendarFeeds calendars, SweepFiles files, TasksTable tasks, TakeOver takeOver)
{
    internal const int DaysOfMessages = 60;
    private const int DaysOfDoubt = 10;

    /// <param name="organisation">The organisation, with something in the register.</param>
    /// <param name="situation">The day and what is known.</param>
    /// <param name="unreadable">Takes what is wrong with rows that cannot be read.</param>
    /// <param name="stop">Stops the sweep.</param>
    /// <returns>How many recommendations there are, and how many hints were written.</returns>
    public async Task<(int Seen, int Written)> RunAsync(Organisation organisation, Situation situation, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var (seen, written) = (0, 0);
        var owes = false;
        await foreach (var row in register.AllRowsOfAsync(organisation.Id, stop, unreadable))
        {
            seen++;
            owes |= row.Value is { Move: null, Ask.IsOpen: true };
            if (row.Value.Move is null)
            {
                await hints.ListAsync(row.Value, stop);
            }

            if (SweepRegister.DueOn(row.Value, situation) is { } next)
            {
                await hints.RememberAsync(next, organisation.Id, row.Value.Id, stop);
                written++;
            }
        }

        if (owes && organisation.HasEndedOn(situation.Today))
        {
            await tasks.OpenAsync(Tasks.Ended(organisation, situation), stop);
        }

        written += await RepairMessagesAsync(organisation, situation, unreadable, stop);
        await foreach (var row in register.LinksAsync(organisation.Id, stop, unreadable))
        {
            if (row.Value.IsLive && await hints.FindLinkAsync(row.Value.Hash, stop) is null)
            {
                await hints.LeadToLinkAsync(row.Value.Hash, organisation.Id, stop);
                written++;
            }
        }

        written += await calendars.RepairHintsAsync(organisation.Id, unreadable, stop);
        await foreach (var task in tasks.AllOfAsync(organisation.Id, stop, unreadable))
        {
            if (task.DoneAt is null)
            {
                await tasks.ListAsync(task, stop);
                written++;
            }
            else if (task.DoneAt > situation.Now.AddDays(-DaysOfMessages))
            {
                await tasks.ListDoneAsync(task, stop);
            }
        }

        written += await files.RunAsync(organisation.Id, unreadable, stop);
        written += await takeOver.CarryOnAsync(organisation.Id, situation.Today, unreadable, stop);
        return (seen, written);
    }

    private async Task<int> RepairMessagesAsync(Organisation organisation, Situation situation, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var unsettled = new List<MessagePlace>();
        var unconfirmed = new Dictionary<DateOnly, Message>();
        await foreach (var row in register.MessagesAsync(organisation.Id, situation.Today.AddDays(-DaysOfMessages), stop, unreadable))
        {
            if (!row.Value.IsSettled)
            {
                unsettled.Add(new MessagePlace(row.Value.Mid, organisation.Id, row.RowKey));
            }

            if (row.Value.On >= situation.Today.AddDays(-DaysOfDoubt) && DeliveryRule.IsUnconfirmed(row.Value, situation.Today))
            {
                unconfirmed.TryAdd(row.Value.On, row.Value);
            }
        }

        await messageHints.RepairAsync(unsettled, stop);
        foreach (var ofOneDay in unconfirmed.Values)
        {
            // Once done it stays done, whichever of the day's emails is met next
            var task = Tasks.Unconfirmed(ofOneDay, situation);
            if (await tasks.FindAsync(task.OrganisationId, task.Key, stop, []) is null)
            {
                await tasks.OpenAsync(task, stop);
            }
        }

        return unsettled.Count;
    }
}
