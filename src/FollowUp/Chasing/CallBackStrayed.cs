using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>
/// Calls back steps that wait for an email which does not exist any more, so that they are decided again. Nothing is
/// known to leave one behind: it is the sweep's word that none stays, whatever went wrong.
/// </summary>
internal sealed class CallBackStrayed(ChangeRecommendation change)
{
    private static readonly TimeSpan Underway = TimeSpan.FromHours(1);

    /// <param name="states">All recommendations of an organisation.</param>
    /// <param name="unsettled">All its emails that are still to be sent, read after them.</param>
    /// <param name="situation">The day and what is known.</param>
    /// <param name="tryAsync">Does something for an item, whose failure stops nothing else.</param>
    /// <param name="stop">Stops it.</param>
    public async Task RunAsync(IEnumerable<Recommendation> states, IReadOnlyList<Message> unsettled, Situation situation, Func<string, Func<Task>, ValueTask> tryAsync, CancellationToken stop)
    {
        foreach (var strayed in states.Where(s => IsStrayed(s, unsettled, situation)))
        {
            await tryAsync(strayed.Id.ToString(), () => CallBackAsync(strayed, stop));
        }
    }

    private Task CallBackAsync(Recommendation strayed, CancellationToken stop) => change.DoOwedAsync(
        strayed.Id,
        (now, present) => now.Ask.Ladder == strayed.Ask.Ladder && now.Ask.Version == strayed.Ask.Version
            ? new Change(now with { Ask = LadderMoves.CalledBack(present.Ladder, now.Ask, present.Calendar) }, [], Change.NoLetters)
            : (Outcome<Change>?)null,
        stop);

    /// <summary>Whether a step waits for an email of which there is none.</summary>
    internal static bool IsStrayed(Recommendation state, IReadOnlyList<Message> unsettled, Situation situation) =>
        state is { Move: null, Ask: { IsOpen: true, PausedUntil: null, Ladder.Awaits: { } awaited } ask }
        && ask.Ladder.DecidedAt < situation.Now - Underway
        && !unsettled.Any(m => m.Items.Any(i => i.Recommendation == state.Id && i.AskVersion == ask.Version && (i.Step ?? situation.Ladder.Notice.Number) == awaited));
}
