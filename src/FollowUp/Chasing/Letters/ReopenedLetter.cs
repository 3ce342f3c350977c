using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>A closed recommendation is open again: the notice of a new ask.</summary>
internal static class ReopenedLetter
{
    public static EmailContent Write(LetterFacts facts, Reopened what)
    {
        var letter = new EventLetter(facts, what.Text);
        var kind = letter.Recommendation.Ask.Kind;
        var owed = Owed.Of(kind);
        return letter.Ask(
            $"Reopened: please {owed.Verb} {letter.Label} by {what.DueOn.InWords()}{facts.Area()}",
            $"We have reopened {letter.Label}: {owed.Noun} due by {what.DueOn.InWords()}",
            [EventLetter.Says($"{facts.Inspectorate()} has opened {letter.Label} again. Please send {letter.Your(owed.Noun)} by {what.DueOn.WithWeekday()}: {letter.Left(what.DueOn)}.")],
            [],
            kind,
            what.DueOn,
            EventLetter.Said("Why we reopened it", what.Reason));
    }
}
