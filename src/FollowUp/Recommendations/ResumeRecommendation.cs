namespace FollowUp.Recommendations;

/// <summary>Ends a pause that has run out.</summary>
internal sealed class ResumeRecommendation(ChangeRecommendation change)
{
    /// <returns>Whether there was such a pause.</returns>
    public async Task<bool> RunAsync(Recommendation paused, Situation situation, CancellationToken stop)
    {
        if (!HasRunOut(paused, situation.Today))
        {
            return false;
        }

        var hasEnded = false;
        var resumed = await change.RunAsync(
            paused.Id,
            Command.By(Actor.Service),
            (state, now) =>
            {
                hasEnded = !HasRunOut(state, now.Today);
                return hasEnded ? Refusal.Conflict("Its pause has ended meanwhile.") : DeadlineCommands.Resume(state, now);
            },
            stop);
        if (!hasEnded)
        {
            resumed.Demand();
        }

        return true;
    }

    private static bool HasRunOut(Recommendation state, DateOnly today) => state.Ask is { IsOpen: true, PausedUntil: { } until } && until < today;
}
