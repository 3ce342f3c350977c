using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The inspectorate has accepted the answer; where actions are open, this is the notice of the progress ask.</summary>
internal static class AcceptedLetter
{
    public static EmailContent Write(LetterFacts facts, Accepted what)
    {
        var letter = new EventLetter(facts, what.Text);
        var note = EventLetter.Said("What the inspectorate says", what.Note);
        var accepted = what.Judgement == Judgement.AcceptableAlternative
            ? $"{facts.Inspectorate()} has accepted {letter.Your("answer")} to {letter.Label}: it differs from what we recommended, but will do."
            : $"{facts.Inspectorate()} has accepted {letter.Your("answer")} to {letter.Label}.";
        return what.ProgressDueOn is { } dueOn
            ? letter.Ask(
                $"Answer accepted: report progress on {letter.Label} by {dueOn.InWords()}{facts.Area()}",
                $"We have accepted {letter.Your("answer")}: report progress by {dueOn.InWords()}",
                [EventLetter.Says($"{accepted} Please tell us how far the actions have come by {dueOn.WithWeekday()}: {letter.Left(dueOn)}.")],
                [],
                AskKind.Progress,
                dueOn,
                note)
            : letter.Tell(
                $"Answer accepted: {letter.LabelWithArea}",
                $"We have accepted {letter.Your("answer")} to {letter.Label}",
                [EventLetter.Says($"{accepted} {letter.ToDo()}")],
                [],
                note);
    }
}
