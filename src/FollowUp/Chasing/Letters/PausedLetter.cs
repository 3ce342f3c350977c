using FollowUp.Email;
using static FollowUp.Recommendations.Letters;

namespace FollowUp.Chasing.Letters;

/// <summary>Chasing is paused until a day.</summary>
internal static class PausedLetter
{
    public static EmailContent Write(LetterFacts facts, Paused what)
    {
        var letter = new EventLetter(facts, what.Text);
        List<(string, string)> rows = [("Paused until", what.Until.WithWeekday())];
        if (what is { From: { } from, To: { } to })
        {
            rows.AddRange([("Old deadline", from.WithWeekday()), ("New deadline", $"{to.WithWeekday()}, if the pause lasts until its end")]);
        }

        return letter.Tell(
            $"Paused until {what.Until.InWords()}: {letter.LabelWithArea}",
            $"We have paused {letter.Label} until {what.Until.InWords()}",
            [EventLetter.Says($"We will not chase {letter.Label} up to and including {what.Until.WithWeekday()}. You do not need to do anything until then, but you can answer at any time.")],
            rows,
            [
                .. EventLetter.Said("Why it is paused", what.Reason),
                new EmailBlock.Heading("What happens next"),
                new EmailBlock.Bullets(
                [
                    $"The pause ends after {what.Until.InWords()}, or earlier if the inspectorate ends it.",
                    "The deadline then moves by as many working days as the pause lasted. We will email you the new date.",
                ]),
            ]);
    }
}
