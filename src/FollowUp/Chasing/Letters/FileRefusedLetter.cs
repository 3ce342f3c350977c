using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>Tells whoever sent a report that one of its files was refused by the virus scan.</summary>
internal static class FileRefusedLetter
{
    public static EmailContent Write(LetterFacts facts, FileRefused what)
    {
        var letter = new EventLetter(facts, what.Text);
        return letter.Tell(
            $"A file was refused: {letter.Your("progress update")} on {letter.LabelWithArea}",
            "We could not take a file that came with a progress update",
            [
                EventLetter.Says($"The virus scan found something harmful in a file that came with {letter.Your("progress update")} on {letter.Label}, sent at {what.SentAt.Said()}. We have deleted the file. Nobody at the inspectorate has opened it."),
                EventLetter.Says("The update itself and its other files are not affected."),
            ],
            [("File", SafeText.OneLine(what.File)), ("Sent by", AnsweredLetter.By(what.By)), ("Link sent to", SafeText.OneLine(what.By.LinkSentTo))],
            [
                new EmailBlock.Heading("What to do now"),
                new EmailBlock.Bullets(
                [
                    "Ask your IT team to look at the file and the device that it came from.",
                    "If the file matters, send a clean copy with your next progress update. If none is asked for, reply to this email, without the file, and we will tell you how to send it.",
                    "If this did not come from your organisation, reply to this email.",
                ]),
            ]);
    }
}
