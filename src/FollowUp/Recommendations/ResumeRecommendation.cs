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

        await change.DoOwedAsync(paused.Id, (state, now) => HasRunOut(state, now.Today) ? DeadlineCommands.Resume(state, now) : null, stop);
        return true;
    }

    private static bool HasRunOut(Recommendation state, DateOnly today) => state.Ask is { IsOpen: true, PausedUntil: { } until } && until < today;
}
