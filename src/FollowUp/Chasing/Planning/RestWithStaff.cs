using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>
/// Gives an ask to staff of which no step is left, though its last step was not the one that ended it: it was paused,
/// extended or moved to a shorter ladder when the ladder had come to its end, or nobody of the organisation could be told
/// before its deadline. It must not fall silent without a task.
/// </summary>
internal sealed class RestWithStaff(ChangeRecommendation change, TasksTable tasks)
{
    /// <returns>Whether there was such an ask.</returns>
    public async Task<bool> RunAsync(Recommendation state, Situation situation, CancellationToken stop)
    {
        if (!Decide(state, situation).Ends || situation.Directory.Find(state.OrganisationId) is not { } organisation)
        {
            return false;
        }

        await tasks.OpenAsync(Tasks.LadderEnded(organisation, state, situation), stop);
        await change.DoOwedAsync(
            state.Id,
            (now, present) => Decide(now, present) is { Ends: true } decision
                ? new Change(now with { Ask = LadderMoves.Ended(now.Ask) }, [.. decision.Skipped.Select(s => s.Event), new NewEvent(EventTypes.LadderEnded, new { afterStep = now.Ask.Ladder.LastStep })], Change.NoLetters)
                : (Outcome<Change>?)null,
            stop);
        return true;
    }

    private static LadderDecision Decide(Recommendation state, Situation situation) =>
        LadderRule.Decide(situation.Ladder, state.Ask, situation.Today, situation.Calendar);
}
