using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>The receipt of a note on a closed recommendation.</summary>
internal static class NoteTakenLetter
{
    public static EmailContent Write(LetterFacts facts, NoteTaken what)
    {
        var letter = new EventLetter(facts, what.Text);
        return letter.Tell(
            $"Receipt: {letter.Your("note")} on {letter.LabelWithArea}",
            $"We have {letter.Your("note")} on {letter.Label}",
            [EventLetter.Says($"We received {letter.Your("note")} on {letter.Label} at {what.At.Said()}. The recommendation is closed, so nothing more is asked.")],
            [("Sent by", AnsweredLetter.By(what.By)), ("Link sent to", SafeText.OneLine(what.By.LinkSentTo))],
            [
                .. EventLetter.Said("The note", what.Note),
                new EmailBlock.Heading("What happens next"),
                new EmailBlock.Bullets(
                [
                    "The inspectorate will read it. If something follows from it, we will email you.",
                    "If this did not come from your organisation, reply to this email.",
                ]),
            ]);
    }
}
