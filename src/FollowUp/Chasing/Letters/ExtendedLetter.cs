using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The deadline was moved.</summary>
internal static class ExtendedLetter
{
    public static EmailContent Write(LetterFacts facts, Extended what)
    {
        var letter = new EventLetter(facts, what.Text);
        var kind = letter.Recommendation.Ask.Kind;
        return letter.Ask(
            $"New deadline {what.To.InWords()}: {letter.LabelWithArea}",
            $"{letter.Label} has a new deadline: {what.To.InWords()}".UpperFirst(),
            [
                EventLetter.Says($"We have moved the deadline for {letter.Your(Owed.Of(kind).Noun)} {Owed.Of(kind).Preposition} {letter.Label} from {what.From.WithWeekday()} to {what.To.WithWeekday()}: {letter.Left(what.To)}."),
                .. what.PausedUntil is { } until
                    ? [EventLetter.Says($"The pause goes on: we will not chase {letter.Label} up to and including {until.WithWeekday()}, but you can answer at any time. The end of the pause does not move the new deadline.")]
                    : Array.Empty<EmailBlock>(),
            ],
            [("Old deadline", what.From.WithWeekday())],
            kind,
            what.To,
            EventLetter.Said("Why the deadline moved", what.Reason));
    }
}
