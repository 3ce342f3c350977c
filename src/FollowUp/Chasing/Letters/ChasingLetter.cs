using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Organisations;

namespace FollowUp.Chasing.Letters;

/// <summary>Notice, reminders and overdue letters to the organisation's own contacts: one letter for all that falls due on a day.</summary>
internal static class ChasingLetter
{
    public static EmailContent Write(LetterFacts facts)
    {
        var matters = Matter.Of(facts);
        var gravest = Gravest(matters);
        var owed = Owed.On(gravest);
        var others = matters.Count - gravest.Count;
        var does = $"{owed.Verb} {Owed.What(gravest)}";
        var more = others == 0 ? "" : $" (and {Words.Count(others, "other")})";
        return LetterFrame.Write(
            facts,
            Subject(gravest[0], does + more, facts),
            Title(gravest[0], does + more, facts),
            [.. Opening(gravest, others, facts), MatterParts.Shared(matters, facts)],
            Words.UpperFirst($"{Owed.On(matters).Verb} {Owed.What(matters)}"),
            [
                .. MatterParts.Each(matters, facts),
                .. MatterParts.WhatToSend(matters),
                .. MatterParts.Next(matters, facts, WhatHappensNext.ToOwn, Receipt(matters)),
            ]);
    }

    /// <summary>The matters that set the letter's tone: the most urgent with the earliest deadline.</summary>
    public static IReadOnlyList<Matter> Gravest(IReadOnlyList<Matter> matters) =>
        [.. matters.Where(m => m.Urgency == matters[0].Urgency && m.DueOn == matters[0].DueOn)];

    public static string Receipt(IReadOnlyList<Matter> matters) => matters.Count == 1
        ? $"When you send your {Owed.On(matters).Noun}, we stop chasing and email you a receipt."
        : $"When you {Owed.On(matters).Verb} a recommendation, we stop chasing it and email you a receipt.";

    private static string Subject(Matter gravest, string does, LetterFacts facts)
    {
        var left = facts.Calendar.Left(gravest.DueOn, facts.Today);
        return gravest.Urgency switch
        {
            Urgency.Overdue => $"{Words.UpperFirst(left)}: {does}{facts.Area()}",
            Urgency.LastReminder => $"Last reminder, {left}: {does}{facts.Area()}",
            Urgency.Waiting => $"Reminder, {left}: {does}{facts.Area()}",
            _ => $"Please {does} by {gravest.DueOn.InWords()}{facts.Area()}",
        };
    }

    private static string Title(Matter gravest, string does, LetterFacts facts) => gravest.Urgency == Urgency.Overdue
        ? $"{Words.UpperFirst(does)}: {facts.Calendar.Left(gravest.DueOn, facts.Today)}"
        : $"{Words.UpperFirst(does)} by {gravest.DueOn.InWords()}";

    private static IEnumerable<EmailBlock> Opening(IReadOnlyList<Matter> gravest, int others, LetterFacts facts)
    {
        var (due, left) = (gravest[0].DueOn, facts.Calendar.Left(gravest[0].DueOn, facts.Today));
        var owed = Owed.On(gravest);
        var what = $"{owed.Noun} {owed.Preposition} {Owed.What(gravest)}";
        var by = $"by {due.WithWeekday()}: {left}.";
        yield return new EmailBlock.Paragraph(gravest[0].Urgency switch
        {
            Urgency.Overdue => $"Your organisation’s {what} was due on {due.WithWeekday()}. It is now {left}. Please send it now. We accept a late {owed.Noun} and record it as late.",
            Urgency.LastReminder => $"This is our last reminder before the deadline. We have not had your organisation’s {what}. Please send it {by}",
            Urgency.Waiting => $"We have not yet had your organisation’s {what}. Please send it {by}",
            _ => $"{facts.Inspectorate()} asks for your organisation’s {what}. Please send it {by}",
        });
        if (gravest[0].Urgency == Urgency.Overdue && facts.Recipient.Role == ContactRole.Director)
        {
            yield return new EmailBlock.Notice(Director(facts));
        }

        if (others > 0)
        {
            yield return new EmailBlock.Paragraph($"This email is also about {Words.Count(others, "other recommendation")}. The deadlines are below.");
        }
    }

    private static string Director(LetterFacts facts)
    {
        var mains = facts.Organisation.ContactsOn(facts.Today, ContactRole.Main).Select(c => SafeText.Name(c.Name, 80)).Distinct().ToList();
        return mains.Count == 0
            ? "You are the director: please make sure that it is sent, or send it yourself."
            : $"You are the director: please make sure that {Wording.List(mains)} sends it, or send it yourself.";
    }
}
