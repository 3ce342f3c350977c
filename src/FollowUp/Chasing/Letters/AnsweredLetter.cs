using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The receipt of an answer, with the answer in full, to everybody the organisation has named.</summary>
internal static class AnsweredLetter
{
    public static EmailContent Write(LetterFacts facts, Answered what)
    {
        var letter = new EventLetter(facts, what.Text);
        var answer = what.Answer;
        return letter.Tell(
            $"Receipt: {letter.Your("answer")} to {letter.LabelWithArea}",
            $"We have {letter.Your("answer")} to {letter.Label}",
            [EventLetter.Says($"We received {letter.Your("answer")} to {letter.Label} at {answer.At.Said()}. {InTime(answer.Late, answer.DueOn)}")],
            [
                ("Position", answer.Position.InWords()),
                ("Answered by", By(answer.By)),
                ("Link sent to", SafeText.OneLine(answer.By.LinkSentTo)),
            ],
            [
                .. EventLetter.Said("Which part is agreed", answer.AgreedPart),
                .. EventLetter.Said(answer.Position == Recommendations.Position.PartlyAgreed ? "Why not all of it is agreed" : "Why", answer.Reason),
                .. Actions(answer.Actions),
                new EmailBlock.Heading("What happens next"),
                new EmailBlock.Bullets(
                [
                    $"We have stopped chasing {letter.Label}.",
                    "The inspectorate will read the answer. We will email you its decision.",
                    "If something is wrong, or this did not come from your organisation, reply to this email.",
                ]),
            ]);
    }

    public static string InTime(bool late, DateOnly dueOn) =>
        late ? $"It was due on {dueOn.WithWeekday()}: we have recorded it as late." : $"It was due on {dueOn.WithWeekday()}, so it is in time.";

    public static string By(Answerer by) => string.Join(", ", new[] { SafeText.Name(by.Name), SafeText.Name(by.Role) }.Where(s => s.Length > 0));

    private static IEnumerable<EmailBlock> Actions(IReadOnlyList<PlannedAction> actions)
    {
        foreach (var action in actions)
        {
            yield return new EmailBlock.Heading($"Action {action.Number}");
            yield return new EmailBlock.Quote(action.Step);
            yield return new EmailBlock.Facts([("Who", SafeText.Name(action.Who, 250)), ("Target date", action.TargetOn.InWords())]);
        }
    }
}
