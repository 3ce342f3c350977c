using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>A pause has ended.</summary>
internal static class ResumedLetter
{
    public static EmailContent Write(LetterFacts facts, Resumed what)
    {
        var letter = new EventLetter(facts, what.Text);
        var owed = Owed.Of(letter.Recommendation.Ask.Kind);
        return letter.Ask(
            $"Pause ended: please {owed.Verb} {letter.Label} by {what.DueOn.InWords()}{facts.Area()}",
            $"The pause has ended: {owed.Verb} {letter.Label} by {what.DueOn.InWords()}",
            [EventLetter.Says($"{Words.UpperFirst(letter.Label)} is no longer paused. Please send {letter.Your(owed.Noun)} by {what.DueOn.WithWeekday()}: {letter.Left(what.DueOn)}. {(what.From == what.DueOn ? "The pause has not moved the deadline." : "The deadline moved by the working days that the pause lasted.")}")],
            what.From is { } from && from != what.DueOn ? [("Old deadline", from.WithWeekday())] : [],
            letter.Recommendation.Ask.Kind,
            what.DueOn,
            []);
    }
}
