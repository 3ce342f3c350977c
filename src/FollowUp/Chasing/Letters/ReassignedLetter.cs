using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The recommendation came from another organisation: the notice of the new organisation's ask.</summary>
internal static class ReassignedLetter
{
    public static EmailContent Write(LetterFacts facts, Reassigned what)
    {
        var letter = new EventLetter(facts, what.Text);
        var from = SafeText.Name(what.From);
        return letter.Ask(
            $"Please answer {letter.Label} by {what.DueOn.InWords()}{facts.Area()}",
            $"{letter.Label} is now yours: answer it by {what.DueOn.InWords()}".UpperFirst(),
            [EventLetter.Says($"{facts.Inspectorate()} has passed {letter.Label} from {from} to {facts.OrganisationName()}. Please send {letter.Your("answer")} by {what.DueOn.WithWeekday()}: {letter.Left(what.DueOn)}.")],
            [("Previously with", from)],
            AskKind.Response,
            what.DueOn,
            EventLetter.Said("Why it was passed on", what.Reason));
    }
}
