using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The inspectorate has returned the answer: the notice of a second ask, unless that has changed before it left.</summary>
internal static class ReturnedLetter
{
    public static EmailContent Write(LetterFacts facts, Returned what)
    {
        var letter = new EventLetter(facts, what.Text);
        var returned = $"{facts.Inspectorate()} has not accepted {letter.Your("answer")} to {letter.Label}.";
        EmailBlock[] why = [EventLetter.Says("Why we could not accept it:"), new EmailBlock.Quote(what.Note)];
        return what.DueOn is { } dueOn
            ? letter.Ask(
                $"Please answer {letter.Label} again by {dueOn.InWords()}{facts.Area()}",
                $"Answer {letter.Label} again by {dueOn.InWords()}",
                [EventLetter.Says($"{returned} Please send a new answer by {dueOn.WithWeekday()}: {letter.Left(dueOn)}."), .. why],
                [],
                AskKind.Response,
                dueOn,
                [])
            : letter.Tell(
                $"Answer not accepted: {letter.LabelWithArea}",
                $"We have not accepted {letter.Your("answer")} to {letter.Label}",
                [EventLetter.Says($"{returned} {letter.ToDo()}"), .. why],
                [],
                []);
    }
}
