using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>What the letters about something that happened have in common: they are about one recommendation.</summary>
internal sealed class EventLetter(LetterFacts facts, string text)
{
    private readonly LetterItem item = facts.Items[0];

    public Recommendation Recommendation => item.Recommendation;

    /// <summary>"recommendation 1".</summary>
    public string Label => $"recommendation {item.Recommendation.Id.Number}";

    /// <summary>"recommendation 1 (Gloucestershire)", for subjects.</summary>
    public string LabelWithArea => Label + facts.Area();

    public string Left(DateOnly dueOn) => facts.Calendar.Left(dueOn, facts.Today);

    public string Due(DateOnly dueOn) => $"{dueOn.WithWeekday()} ({Left(dueOn)})";

    /// <summary>"your answer", or "Somewhere CRC's answer" to others.</summary>
    public string Your(string thing) => facts.ToOwn() ? $"your {thing}" : $"{facts.OrganisationName()}’s {thing}";

    /// <summary>What there is to do, in a letter that asks for nothing itself: as the register stands when it is written.</summary>
    public string ToDo()
    {
        var ask = Recommendation.Ask;
        if (!ask.IsOpen || facts.Organisation.HasEndedOn(facts.Today))
        {
            return "You do not need to do anything now.";
        }

        if (LadderRule.IsUntold(facts.Ladder, ask))
        {
            return "What we ask for next, and by when, comes in an email of its own.";
        }

        var (due, what) = (ask.SaidDueOn(facts.Today, facts.Calendar), ask.Kind == AskKind.Response ? "A new answer" : "The next progress update");
        return ask.IsPausedOn(facts.Today) ? $"{what} is still to come: we will not chase it until {ask.PausedUntil!.Value.InWords()}."
            : facts.Today > due ? $"{what} was due on {due.WithWeekday()}: {Left(due)}."
            : $"{what} is still due by {due.WithWeekday()}: {Left(due)}.";
    }

    /// <summary>A letter that asks for nothing.</summary>
    public EmailContent Tell(string subject, string title, IEnumerable<EmailBlock> opening, IEnumerable<(string, string)> rows, IEnumerable<EmailBlock> rest) =>
        LetterFrame.Write(facts, subject, title, [.. opening, new EmailBlock.Facts([.. About, .. rows])], $"See {Label}", [.. Words, .. rest]);

    /// <summary>A letter that opens an ask or changes its deadline: it says everything that a notice says.</summary>
    public EmailContent Ask(string subject, string title, IEnumerable<EmailBlock> opening, IEnumerable<(string, string)> rows, AskKind kind, DateOnly dueOn, IEnumerable<EmailBlock> rest)
    {
        var matter = new Matter(item, kind, dueOn, facts.Today > dueOn ? Urgency.Overdue : Urgency.New, Label);
        var owed = Owed.Of(kind);
        return LetterFrame.Write(
            facts,
            subject,
            title,
            [.. opening, new EmailBlock.Facts([.. About, .. rows, ($"{owed.Noun.UpperFirst()} due", Due(dueOn))])],
            facts.ToOwn() ? $"{owed.Verb} {Label}".UpperFirst() : $"See {Label}",
            [
                .. Words,
                .. kind == AskKind.Progress ? MatterParts.OpenActions(matter.OpenActions, facts) : [],
                .. rest,
                .. facts.ToOwn() ? MatterParts.WhatToSend([matter]) : [],
                .. Next(matter),
            ]);
    }

    public static EmailBlock Says(string words) => new EmailBlock.Paragraph(words);

    /// <summary>What somebody wrote, under a heading; nothing when they wrote nothing.</summary>
    public static IEnumerable<EmailBlock> Said(string heading, string? words) =>
        string.IsNullOrWhiteSpace(words) ? [] : [new EmailBlock.Heading(heading), new EmailBlock.Quote(words)];

    private (string, string)[] About =>
    [
        ("Inspection", SafeText.Name(item.Inspection.Title, 200)),
        ("Report published", item.Inspection.PublishedOn.InWords()),
        ("Made to", facts.OrganisationName()),
    ];

    private EmailBlock[] Words => [new EmailBlock.Heading($"Recommendation {item.Recommendation.Id.Number}"), new EmailBlock.Quote(text)];

    // The register may have moved on since the letter was planned; then what the ladder would do is not known here
    private IEnumerable<EmailBlock> Next(Matter matter)
    {
        var ask = item.Recommendation.Ask;
        return facts.ToOwn() && ask.IsOpen && ask.Kind == matter.Kind && ask.DueOn == matter.DueOn && !ask.IsPausedOn(facts.Today)
            ? MatterParts.Next([matter], facts, WhatHappensNext.ToOwn, ChasingLetter.Receipt([matter]))
            : [];
    }
}
