using FollowUp.Organisations;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>
/// A decision may ask for something more of an organisation that has ended. It is recorded, but nobody there is asked to
/// answer: staff have a task of its own for each such ask, since the one about the organisation may have been done before.
/// </summary>
internal static class OpenedAtEnded
{
    /// <summary>Whether what is owed was asked for after the organisation ended.</summary>
    public static bool Is(Recommendation state, Organisation? organisation, DateOnly today) =>
        organisation is not null && organisation.HasEndedOn(today) && state is { Move: null, Ask.IsOpen: true } && state.Ask.OpenedOn > organisation.Until;

    /// <summary>The change as it is written: where it opens an ask at an ended organisation, without asking there, and with the task.</summary>
    public static Change Decide(Change change, Recommendation before, Situation situation)
    {
        var (state, organisation) = (change.State, situation.Directory.Find(change.State.OrganisationId));
        return state.Ask.OpenedAs != before.Ask.OpenedAs && Is(state, organisation, situation.Today)
            ? change with
            {
                // Should it turn out that the organisation has not ended, the ladder's own notice comes first
                State = state with { Ask = LadderMoves.CalledBack(situation.Ladder, state.Ask, situation.Calendar) },
                Letters = [.. from letter in change.Letters where Letters.WithoutAsk(letter.Letter) is not null select letter with { Letter = Letters.WithoutAsk(letter.Letter)! }],
                Task = change.Task ?? Task(state, organisation!, situation),
            }
            : change;
    }

    /// <summary>What staff must do about it.</summary>
    public static StaffTask Task(Recommendation state, Organisation organisation, Situation situation) => new()
    {
        Key = Key(state, organisation),
        Kind = TaskKind.OrganisationEnded,
        OrganisationId = organisation.Id,
        Recommendation = state.Id,
        What = $"Give recommendation {state.Id} to {(situation.Directory.Find(organisation.Successor) is { } successor ? $"{successor.Name}, the successor of {organisation.Name}" : $"another organisation than {organisation.Name}")}, or close it",
        Why = $"{organisation.Name} ended on {organisation.Until?.InWords()}. On {state.Ask.OpenedOn.InWords()} something more was asked for, and nobody there is written to about it.",
        Since = situation.Now,
    };

    /// <summary>One for each ask.</summary>
    public static string Key(Recommendation state, Organisation organisation) =>
        $"ended|{organisation.Until?.Iso()}|{state.Id.Inspection}|{state.Id.Number.Padded}|{state.Ask.OpenedAs}";
}
