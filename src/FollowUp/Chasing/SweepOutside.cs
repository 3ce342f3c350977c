using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Looks for rows that cannot be read outside the organisations' own partitions: addresses, inspections, days of
/// sending, runs, and what is staff's own. It also puts inspections that are to be issued on the agenda again, and lists
/// staff's own tasks again.
/// </summary>
internal sealed class SweepOutside(
    AddressesTable addresses, InspectionsTable inspections, Hints hints, SendingDays days, BrakesTable brakes, SettingsHistory history, RunsTable runs, RegisterTable register, TasksTable tasks, FindOverTasks overTasks)
{
    private const int MostChanges = 1000;

    public async Task<IReadOnlyList<UnreadableRow>> RunAsync(Situation situation, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>(situation.Directory.Unreadable);
        unreadable.AddRange((await addresses.SuspendedAsync(stop)).Unreadable);
        var waiting = (await inspections.AllAsync(unreadable, stop)).Where(i => i.Stage is InspectionStage.Scheduled or InspectionStage.Issuing);
        await hints.RememberAsync(waiting.Select(i => new AgendaEntry(i.PublishedOn, null, i.Id, null)), stop);
        await inspections.CheckRecommendationsAsync(unreadable, stop);
        await days.ReadAsync(situation.Today, situation.Now, unreadable, stop);
        await days.EarlierAsync(situation.Today, unreadable, stop);
        await brakes.ReadAsync(unreadable, stop);
        foreach (var area in new[] { SettingsHistory.Sending, SettingsHistory.Holidays })
        {
            await history.LatestAsync(area, MostChanges, unreadable, stop);
        }

        await runs.AllAsync(unreadable, stop);
        await register.MessagesAsync(OrganisationId.Staff, situation.Today.AddDays(-DeliveryRule.DaysBack), stop, unreadable).CountAsync(stop);
        var open = await tasks.AllOfAsync(OrganisationId.Staff, stop, unreadable).Where(task => task.DoneAt is null).ToListAsync(stop);
        var over = await overTasks.RunAsync(open, null, new Dictionary<RecommendationId, Recommendation>(), situation, stop);
        foreach (var task in open)
        {
            await (over.Contains(task) ? tasks.FinishAsync(task.OrganisationId, task.Key, situation.Now, Actor.Service.Name, stop) : tasks.ListAsync(task, stop));
        }

        return unreadable;
    }
}
