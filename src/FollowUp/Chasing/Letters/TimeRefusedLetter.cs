using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The inspectorate does not give more time.</summary>
internal static class TimeRefusedLetter
{
    public static EmailContent Write(LetterFacts facts, TimeRefused what)
    {
        var letter = new EventLetter(facts, what.Text);
        var kind = letter.Recommendation.Ask.Kind;
        var overdue = facts.Today > what.DueOn;
        return letter.Ask(
            $"No extra time: {letter.Label} {(overdue ? "was" : "is still")} due by {what.DueOn.InWords()}{facts.Area()}",
            $"We have not given more time for {letter.Label}",
            [
                EventLetter.Says($"We were asked for more time for {letter.Your(Owed.Of(kind).Noun)} {Owed.Of(kind).Preposition} {letter.Label}. We have decided not to move the deadline. It {(overdue ? "was" : "is still")} {what.DueOn.WithWeekday()}: {letter.Left(what.DueOn)}."),
            ],
            [],
            kind,
            what.DueOn,
            EventLetter.Said("Why", what.Reason));
    }
}
