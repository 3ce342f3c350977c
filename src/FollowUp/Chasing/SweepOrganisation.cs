using FollowUp.Contacts;
using FollowUp.Evidence;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Goes through everything of one organisation: writes the hints that its rows ask for, carries on what was interrupted, and gives staff the tasks that nothing else would.</summary>
internal sealed class SweepOrganisation(RegisterTable register, Hints hints, MessageHints messageHints, CalendarFeeds calendars, SweepFiles files, TasksTable tasks, FindOverTasks overTasks, TakeOver takeOver, CallBackStrayed strayed, ReassignRecommendation reassign)
{
    /// <param name="organisation">The organisation, with something in the register.</param>
    /// <param name="situation">The day and what is known.</param>
    /// <param name="links">The hints to links and calendars that are there.</param>
    /// <param name="unreadable">Takes what is wrong with rows that cannot be read.</param>
    /// <param name="tryAsync">Does something for an item, whose failure stops nothing else.</param>
    /// <param name="stop">Stops the sweep.</param>
    /// <returns>How many recommendations there are, and how many hints were written.</returns>
    public async Task<(int Seen, int Written)> RunAsync(Organisation organisation, Situation situation, IReadOnlySet<(string Hash, string Kind)> links, ICollection<UnreadableRow> unreadable, Func<string, Func<Task>, ValueTask> tryAsync, CancellationToken stop)
    {
        var states = new Dictionary<RecommendationId, Recommendation>();
        await foreach (var row in register.AllRowsOfAsync(organisation.Id, stop, unreadable))
        {
            states[row.Value.Id] = row.Value;
        }

        var due = (from state in states.Values
                   let day = SweepRegister.DueOn(state, situation)
                   where day is not null
                   select new AgendaEntry(day.Value, organisation.Id, state.Id.Inspection, state.Id.Number)).ToList();
        await hints.ListAsync(states.Values.Where(state => state.Move is null), stop);
        await hints.RememberAsync(due, stop);
        var written = due.Count;
        foreach (var gone in states.Values)
        {
            // What is on its way can be neither answered nor changed: it is brought there at any hour
            await (gone.Move switch
            {
                null => default,
                { Arrived: true } => tryAsync(gone.Id.ToString(), () => reassign.LeadOnAsync(organisation.Id, gone.Id, stop)),
                _ => tryAsync(gone.Id.ToString(), () => reassign.CarryOnAsync(organisation.Id, gone.Id, stop)),
            });
        }

        foreach (var task in organisation.HasEndedOn(situation.Today) ? Tasks.Ended(organisation, states.Values, situation) : [])
        {
            await tasks.OpenAsync(task, stop);
        }

        written += await RepairMessagesAsync(organisation, states.Values, situation, unreadable, tryAsync, stop);
        await foreach (var row in register.LinksAsync(organisation.Id, stop, unreadable))
        {
            if (row.Value.IsLive && !links.Contains((row.Value.Hash, Hints.ToLink)))
            {
                await hints.LeadToLinkAsync(row.Value.Hash, organisation.Id, stop);
                written++;
            }
        }

        written += await calendars.RepairHintsAsync(organisation.Id, links, unreadable, stop);
        written += await RepairTasksAsync(organisation, states, situation, unreadable, stop);
        written += await files.RunAsync(organisation.Id, unreadable, stop);
        written += await takeOver.CarryOnAsync(organisation.Id, situation.Today, unreadable, stop);
        return (states.Count, written);
    }

    private async Task<int> RepairTasksAsync(Organisation organisation, Dictionary<RecommendationId, Recommendation> states, Situation situation, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var (open, toList) = (new List<StaffTask>(), new List<StaffTask>());
        await foreach (var task in tasks.AllOfAsync(organisation.Id, stop, unreadable))
        {
            if (task.DoneAt is null)
            {
                open.Add(task);
            }
            else if (task.DoneAt > situation.Now.AddDays(-DeliveryRule.DaysBack))
            {
                toList.Add(task);
            }
        }

        var over = await overTasks.RunAsync(open, organisation, unreadable.Count == 0 ? states : null, situation, stop);
        foreach (var task in open)
        {
            if (over.Contains(task))
            {
                await tasks.FinishAsync(organisation.Id, task.Key, situation.Now, Actor.Service.Name, stop);
                continue;
            }

            toList.Add(task);
        }

        await tasks.ListAsync(toList, stop);
        return toList.Count(task => task.DoneAt is null);
    }

    private async Task<int> RepairMessagesAsync(Organisation organisation, IEnumerable<Recommendation> states, Situation situation, ICollection<UnreadableRow> unreadable, Func<string, Func<Task>, ValueTask> tryAsync, CancellationToken stop)
    {
        var unsettled = new List<Row<Message>>();
        var toldOf = new List<MessagePlace>();
        var unconfirmed = new Dictionary<DateOnly, Message>();
        var refused = new List<Message>();
        await foreach (var row in register.MessagesAsync(organisation.Id, situation.Today.AddDays(-DeliveryRule.DaysBack), stop, unreadable))
        {
            if (!row.Value.IsSettled)
            {
                unsettled.Add(row);
            }
            else if (DeliveryRule.MayBeToldOf(row.Value, situation.Today))
            {
                toldOf.Add(new MessagePlace(row.Value.Mid, organisation.Id, row.RowKey));
            }

            if (row.Value.On < situation.Today.AddDays(-DeliveryRule.DaysOfDoubt))
            {
                continue;
            }

            if (DeliveryRule.IsUnconfirmed(row.Value, situation.Today))
            {
                unconfirmed.TryAdd(row.Value.On, row.Value);
            }
            else if (DeliveryRule.IsRefused(row.Value) && row.Value.On < situation.Today)
            {
                refused.Add(row.Value);
            }
        }

        await messageHints.RepairAsync([.. unsettled.Select(row => new MessagePlace(row.Value.Mid, organisation.Id, row.RowKey))], stop);
        await messageHints.LeadBackAsync(toldOf, stop);
        if (unreadable.Count == 0)
        {
            await strayed.RunAsync(states, [.. unsettled.Select(row => row.Value)], situation, tryAsync, stop);
        }

        foreach (var task in unconfirmed.Values.Select(ofOneDay => Tasks.Unconfirmed(ofOneDay, situation)).Concat(refused.Select(message => Tasks.Refused(message, situation))))
        {
            // Once done it stays done, whichever of the day's emails is met next
            if (await tasks.FindAsync(task.OrganisationId, task.Key, stop, []) is null)
            {
                await tasks.OpenAsync(task, stop);
            }
        }

        return unsettled.Count;
    }
}
