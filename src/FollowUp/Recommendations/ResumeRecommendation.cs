using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>Ends the pauses of an organisation's recommendations that have run out.</summary>
internal sealed class ResumeRecommendation(RegisterTable register, ChangeRecommendation change)
{
    public async Task RunAsync(OrganisationId organisation, IReadOnlySet<RecommendationId> ids, Situation situation, CancellationToken stop)
    {
        await foreach (var row in register.RecommendationsOfAsync(organisation, stop))
        {
            if (ids.Contains(row.Value.Id) && HasRunOut(row.Value, situation.Today))
            {
                await change.RunAsync(
                    row.Value.Id,
                    Command.By(Actor.Service),
                    (state, now) => HasRunOut(state, now.Today) ? DeadlineCommands.Resume(state, now) : Refusal.Conflict("Its pause has ended meanwhile."),
                    stop);
            }
        }
    }

    private static bool HasRunOut(Recommendation state, DateOnly today) => state.Ask is { IsOpen: true, PausedUntil: { } until } && until < today;
}
