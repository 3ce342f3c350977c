using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The recommendation is closed.</summary>
internal static class ClosedLetter
{
    public static EmailContent Write(LetterFacts facts, Closed what)
    {
        var letter = new EventLetter(facts, what.Text);
        var (title, why) = Words(what.Reason);
        return letter.Tell(
            $"Closed, {title.ToLowerInvariant()}: {letter.LabelWithArea}",
            $"We have closed {letter.Label}",
            [EventLetter.Says($"{facts.Inspectorate()} has closed {letter.Label}: {why}. We will not chase it any more. You do not need to do anything.")],
            [("Closed as", title)],
            EventLetter.Said("What the inspectorate says", what.Note));
    }

    private static (string Title, string Why) Words(ClosureReason reason) => reason switch
    {
        ClosureReason.Implemented => ("Implemented", "it has been implemented"),
        ClosureReason.NotImplemented => ("Not implemented", "it has not been implemented"),
        ClosureReason.NotAccepted => ("Not accepted", "it was not accepted"),
        ClosureReason.Superseded => ("Superseded", "another recommendation takes its place"),
        _ => ("Withdrawn", "the inspectorate has withdrawn it"),
    };
}
