using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>
/// Issues an inspection on its day, or carries on what was interrupted. When it cannot be issued any more, as an
/// organisation has ended or lost its contact since, staff have a task: whoever put it down for the day has gone on.
/// </summary>
internal sealed class CarryOnIssue(IssueInspection issue, TasksTable tasks)
{
    public async Task RunAsync(InspectionId id, Situation situation, CancellationToken stop)
    {
        if (await issue.FindAsync(id, stop) is not { Stage: InspectionStage.Scheduled or InspectionStage.Issuing } waiting || waiting.PublishedOn > situation.Today)
        {
            return;
        }

        if ((await issue.RunAsync(id, Actor.Service, stop)).IsRefused(out var refusal, out _))
        {
            var why = string.Join(' ', refusal.Problems.Select(p => p.Message));
            if (refusal.Kind == RefusalKind.Invalid)
            {
                await tasks.OpenAsync(Tasks.NotIssued(waiting, why, situation), stop);
            }

            throw new InvalidOperationException(why);
        }
    }
}
