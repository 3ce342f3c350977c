using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Gives staff the tasks about an organisation that has ended while it owes something. The sweep does it where nobody has changed the directory.</summary>
internal sealed class ReportEnded(ReadSituation readSituation, RegisterTable register, TasksTable tasks)
{
    public async Task RunAsync(OrganisationId id, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(stop);
        if (situation.Directory.Find(id) is not { } organisation || !organisation.HasEndedOn(situation.Today))
        {
            return;
        }

        var states = await register.RecommendationsOfAsync(id, [], stop).Select(row => row.Value).ToListAsync(stop);
        foreach (var task in Tasks.Ended(organisation, states, situation))
        {
            await tasks.OpenAsync(task, stop);
        }
    }
}
