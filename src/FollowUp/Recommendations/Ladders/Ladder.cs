using FollowUp.Deadlines;
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

    /// <summary>Whether it is an upward one, which staff see beforehand and may hold: after the deadline, to the organisation's director or to those above it.</summary>
    public bool IsUpward => Offset > 0 && (GoesUp || Audience.Contains(StepAudience.Director));

    /// <summary>Whether it goes up to somebody, also where it reaches them only because those whom it is for cannot be reached: above the organisation, or after the deadline to its director.</summary>
    public bool IsUpwardTo(Recipient recipient) =>
        IsUpward || recipient.Relation == Relation.Upward || Offset > 0 && recipient is { Relation: Relation.Own, Role: ContactRole.Director };

    /// <summary>The organisation's own roles that it writes to.</summary>
    public IEnumerable<ContactRole> OwnRoles =>
        from audience in Audience
        where audience is StepAudience.Main or StepAudience.Second or StepAudience.Director
        select audience switch { StepAudience.Main => ContactRole.Main, StepAudience.Second => ContactRole.Second, _ => ContactRole.Director };
}

/// <summary>
/// The steps of chasing, as data, in their order. One that administrators have set counts for steps dated after the day
/// on which they set it; up to that day the one before counts, so that nothing is sent twice or left out by the change.
/// </summary>
public sealed record Ladder(IReadOnlyList<LadderStep> Steps)
{
    /// <summary>Numbers of steps are unique in all versions: they name in the record what was sent.</summary>
    public const int NumbersAVersion = 100;

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

    /// <summary>1 for the first.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The day on which it was set; null for the first.</summary>
    public DateOnly? SetOn { get; init; }

    /// <summary>The one that counts for steps dated up to that day.</summary>
    public Ladder? Before { get; init; }

    public LadderStep Notice => Steps[0];

    /// <summary>The step of a number, also one of an earlier ladder.</summary>
    public LadderStep? Find(int? number) => Steps.FirstOrDefault(s => s.Number == number) ?? Before?.Find(number);

    /// <summary>The steps after the notice that count for an ask, with their days, in their order.</summary>
    public IReadOnlyList<(LadderStep Step, DateOnly On)> StepsOf(Ask ask, WorkingCalendar calendar)
    {
        var own = Steps.Where(s => !s.IsNotice).Select(s => (Step: s, On: LadderRule.DayOf(s, ask, calendar)));
        if (Before is null || SetOn is not { } setOn)
        {
            return [.. own];
        }

        // A step is not taken again under its new number
        var taken = ask.Ladder.LastStep / NumbersAVersion < Version - 1 ? Find(ask.Ladder.LastStep)?.Offset : null;
        return
        [
            .. Before.StepsOf(ask, calendar).Where(s => s.On <= setOn),
            .. own.Where(s => s.On > setOn && !(s.Step.Offset <= taken)),
        ];
    }

    /// <summary>The ladder that follows this one.</summary>
    /// <param name="steps">The steps after the notice.</param>
    public Ladder Then(IEnumerable<LadderStep> steps, DateOnly setOn) =>
        new([Notice, .. steps.Select((step, i) => step with { Number = (Version * NumbersAVersion) + i + 1 })]) { Version = Version + 1, SetOn = setOn, Before = this };
}
