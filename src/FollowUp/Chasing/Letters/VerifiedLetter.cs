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
                $"{Wording.UpperFirst(judged)}: report again on {letter.Label} by {dueOn.Short()}{facts.Area()}",
                $"Report progress again by {dueOn.Short()}",
                [EventLetter.Says($"{opening} Please send the next update by {dueOn.Long()}: {letter.Left(dueOn)}.")],
                [("Judgement", Wording.UpperFirst(judged))],
                AskKind.Progress,
                dueOn,
                note)
            : letter.Tell(
                $"{Wording.UpperFirst(judged)}: {letter.LabelWithArea}",
                $"We have judged progress on {letter.Label}",
                [EventLetter.Says($"{opening} You do not need to do anything now.")],
                [("Judgement", Wording.UpperFirst(judged))],
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
