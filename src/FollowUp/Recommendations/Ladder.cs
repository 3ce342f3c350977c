using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>Whom a step of the ladder writes to.</summary>
public enum StepAudience
{
    /// <summary>The organisation's main contacts.</summary>
    Main,

    /// <summary>Its second contacts.</summary>
    Second,

    /// <summary>Its directors.</summary>
    Director,

    /// <summary>Main contacts and directors of the organisation above.</summary>
    EscalatesTo,

    /// <summary>Main contacts and directors of the organisation above that.</summary>
    LevelAbove,

    /// <summary>The lead inspector.</summary>
    LeadInspector,
}

/// <summary>One step of chasing.</summary>
/// <param name="Number">Its place: 0 is the notice.</param>
/// <param name="Name">What the pages call it.</param>
/// <param name="Offset">Working days from the deadline: negative before it, positive after; null for the notice.</param>
/// <param name="Kind">The kind of email.</param>
/// <param name="Audience">Whom it writes to.</param>
public sealed record LadderStep(int Number, string Name, int? Offset, MessageKind Kind, IReadOnlyList<StepAudience> Audience)
{
    public bool IsNotice => Offset is null;

    /// <summary>Whether it reminds of a deadline that is still to come.</summary>
    public bool IsReminder => Offset < 0;

    /// <summary>Whether it writes to anybody outside the organisation itself.</summary>
    public bool GoesUp => Audience.Any(a => a is StepAudience.EscalatesTo or StepAudience.LevelAbove);

    /// <summary>The organisation's own roles that it writes to.</summary>
    public IEnumerable<ContactRole> OwnRoles =>
        from audience in Audience
        where audience is StepAudience.Main or StepAudience.Second or StepAudience.Director
        select audience switch { StepAudience.Main => ContactRole.Main, StepAudience.Second => ContactRole.Second, _ => ContactRole.Director };
}

/// <summary>The steps of chasing, as data, in their order.</summary>
public sealed record Ladder(IReadOnlyList<LadderStep> Steps)
{
    /// <summary>The ladder that holds unless administrators have set another.</summary>
    public static Ladder Default { get; } = new(
    [
        new(0, "Notice", null, MessageKind.Notice, [StepAudience.Main]),
        new(1, "First reminder", -10, MessageKind.Reminder, [StepAudience.Main]),
        new(2, "Second reminder", -5, MessageKind.Reminder, [StepAudience.Main]),
        new(3, "Last call", -1, MessageKind.Reminder, [StepAudience.Main, StepAudience.Second]),
        new(4, "Overdue", 1, MessageKind.Overdue, [StepAudience.Main, StepAudience.Second]),
        new(5, "Overdue, to the director", 5, MessageKind.Overdue, [StepAudience.Director, StepAudience.Main]),
        new(6, "Escalation", 10, MessageKind.Escalation, [StepAudience.EscalatesTo, StepAudience.LeadInspector]),
        new(7, "Second escalation", 20, MessageKind.Escalation, [StepAudience.EscalatesTo, StepAudience.LevelAbove, StepAudience.LeadInspector]),
        new(8, "Third escalation", 30, MessageKind.Escalation, [StepAudience.EscalatesTo, StepAudience.LevelAbove, StepAudience.LeadInspector]),
        new(9, "Last escalation", 40, MessageKind.Escalation, [StepAudience.EscalatesTo, StepAudience.LevelAbove, StepAudience.LeadInspector]),
    ]);

    public LadderStep Notice => Steps[0];

    public LadderStep? Find(int? number) => Steps.FirstOrDefault(s => s.Number == number);
}
