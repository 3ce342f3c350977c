using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The inspectorate has returned the answer: the notice of a second ask.</summary>
internal static class ReturnedLetter
{
    public static EmailContent Write(LetterFacts facts, Returned what)
    {
        var letter = new EventLetter(facts, what.Text);
        return letter.Ask(
            $"Please answer {letter.Label} again by {what.DueOn.InWords()}{facts.Area()}",
            $"Answer {letter.Label} again by {what.DueOn.InWords()}",
            [
                EventLetter.Says($"{facts.Inspectorate()} has not accepted {letter.Your("answer")} to {letter.Label}. Please send a new answer by {what.DueOn.WithWeekday()}: {letter.Left(what.DueOn)}."),
                EventLetter.Says("Why we could not accept it:"),
                new EmailBlock.Quote(what.Note),
            ],
            [],
            AskKind.Response,
            what.DueOn,
            []);
    }
}
