using FollowUp.Email;
using FollowUp.Recommendations;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The receipt of a progress update.</summary>
internal static class UpdatedLetter
{
    public static EmailContent Write(LetterFacts facts, Updated what)
    {
        var letter = new EventLetter(facts, what.Text);
        var update = what.Update;
        return letter.Tell(
            $"Receipt: {letter.Your("progress update")} on {letter.LabelWithArea}",
            $"We have {letter.Your("progress update")} on {letter.Label}",
            [EventLetter.Says($"We received {letter.Your("progress update")} on {letter.Label} at {update.At.Said()}. {AnsweredLetter.InTime(update.Late, update.DueOn)}")],
            [
                ("All actions complete", update.ClaimsComplete ? "Yes, the update says so" : "No"),
                ("Sent by", AnsweredLetter.By(update.By)),
                ("Link sent to", SafeText.OneLine(update.By.LinkSentTo)),
            ],
            [
                .. EventLetter.Said("The update", update.Text),
                .. Actions(update.Actions),
                .. Evidence(update.Evidence),
                new EmailBlock.Heading("What happens next"),
                new EmailBlock.Bullets(
                [
                    "We have stopped chasing this progress update.",
                    "The inspectorate will read it. We will email you its decision.",
                    "If something is wrong, or this did not come from your organisation, reply to this email.",
                ]),
            ]);
    }

    private static IEnumerable<EmailBlock> Actions(IReadOnlyList<PlannedAction> actions) => actions.Count == 0 ? [] :
    [
        new EmailBlock.Heading("The actions now"),
        new EmailBlock.Bullets([.. actions.Select(a => $"Action {a.Number}: {SafeText.OneLine(a.Step)}\nWho: {SafeText.Name(a.Who)}\n{State(a)}")]),
    ];

    private static IEnumerable<EmailBlock> Evidence(IReadOnlyList<EvidenceFile> files) => files.Count == 0 ? [] :
    [
        new EmailBlock.Heading("Evidence"),
        new EmailBlock.Bullets([.. files.Select(f => SafeText.OneLine(f.Name))]),
    ];

    private static string State(PlannedAction action) =>
        action.Progress.InWords().Text + (action.Progress == ActionProgress.Complete ? "" : $", target date: {Target(action)}");

    private static string Target(PlannedAction action) =>
        action.TargetOn.InWords() + (action.MovedBecause is { } because ? $" (moved: {SafeText.OneLine(because)})" : "");
}
