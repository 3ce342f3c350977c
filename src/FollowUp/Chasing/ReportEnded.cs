using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Gives staff the one task about an organisation that has ended while it owes something. The sweep does it where nobody has changed the directory.</summary>
internal sealed class ReportEnded(ReadSituation readSituation, RegisterTable register, TasksTable tasks)
{
    public async Task RunAsync(OrganisationId id, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(stop);
        if (situation.Directory.Find(id) is { } organisation && organisation.HasEndedOn(situation.Today)
            && await register.RecommendationsOfAsync(id, [], stop).AnyAsync(row => row.Value.Ask.IsOpen, stop))
        {
            await tasks.OpenAsync(Tasks.Ended(organisation, situation), stop);
        }
    }
}
