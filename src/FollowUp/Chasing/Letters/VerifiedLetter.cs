using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The inspectorate has judged progress; where more is asked for, this is the notice of it.</summary>
internal static class VerifiedLetter
{
    public static EmailContent Write(LetterFacts facts, Verified what)
    {
        var letter = new EventLetter(facts, what.Text);
        var judged = Words(what.Progress);
        var note = EventLetter.Said("What the inspectorate says", what.Note);
        var opening = $"{facts.Inspectorate()} has read {letter.Your("progress update")} on {letter.Label}. Its judgement: {judged}.";
        return what.ProgressDueOn is { } dueOn
            ? letter.Ask(
                $"{judged.UpperFirst()}: report again on {letter.Label} by {dueOn.InWords()}{facts.Area()}",
                $"Report progress again by {dueOn.InWords()}",
                [EventLetter.Says($"{opening} Please send the next update by {dueOn.WithWeekday()}: {letter.Left(dueOn)}.")],
                [("Judgement", judged.UpperFirst())],
                AskKind.Progress,
                dueOn,
                note)
            : letter.Tell(
                $"{judged.UpperFirst()}: {letter.LabelWithArea}",
                $"We have judged progress on {letter.Label}",
                [EventLetter.Says($"{opening} {letter.ToDo()}")],
                [("Judgement", judged.UpperFirst())],
                note);
    }

    private static string Words(ProgressJudgement judgement) => judgement switch
    {
        ProgressJudgement.None => "no progress",
        ProgressJudgement.Insufficient => "insufficient progress",
        ProgressJudgement.Reasonable => "reasonable progress",
        _ => "good progress",
    };
}
