using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>An ask under one deadline: the steps after it count from here.</summary>
/// <param name="stepsAfter">Steps dated on or before this day do not count: that of the opening, of the last change of the deadline, or the last of a pause.</param>
/// <param name="since">The moment since which it holds.</param>
internal sealed class Phase(DateOnly dueOn, DateOnly stepsAfter, DateTimeOffset since)
{
    public DateOnly DueOn => dueOn;

    public DateOnly StepsAfter => stepsAfter;

    public DateTimeOffset Since => since;

    /// <summary>The steps that the record says were planned, and when last.</summary>
    public Dictionary<int, DateTimeOffset> Planned { get; } = [];

    /// <summary>Whom they were planned for, when last.</summary>
    public Dictionary<int, IReadOnlySet<string>> Recipients { get; } = [];

    /// <summary>Whom they were ever planned for: one that is planned again leaves out whose email still waits.</summary>
    public HashSet<(int Step, string To)> EverPlannedFor { get; } = [];

    public HashSet<int> Skipped { get; } = [];

    /// <summary>The steps that SendGrid has really taken for somebody, and when first.</summary>
    public Dictionary<int, DateTimeOffset> Taken { get; } = [];

    /// <summary>Who has had which of them.</summary>
    public HashSet<(int Step, string To)> TakenBy { get; } = [];

    /// <summary>The emails that brought them.</summary>
    public List<(int Step, string Mid)> TakenWith { get; } = [];

    /// <summary>The steps that could reach nobody, of which staff have a task.</summary>
    public HashSet<int> WithStaff { get; } = [];

    public IEnumerable<int> Done => Taken.Keys.Concat(WithStaff);

    public int Last => Done.Where(n => n > ModelLadder.Notice).DefaultIfEmpty(ModelLadder.Notice).Max();
}

/// <summary>Something that holds from one moment to another, up to a day at most.</summary>
internal sealed class Span(DateTimeOffset from, DateOnly until)
{
    public DateTimeOffset From => from;

    public DateOnly Until => until;

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether a pause moves the deadline by the working days that it lasts.</summary>
    public bool MovesDeadline { get; init; } = true;

    /// <summary>Whether everybody knows it at a moment: it has held for so long, and goes on.</summary>
    public bool Holds(DateTimeOffset moment, DateOnly today, TimeSpan known) => from <= moment - known && today <= until && !(EndedAt <= moment);
}

/// <summary>What an organisation owes on a recommendation, from its opening to its end.</summary>
internal sealed class ModelAsk(RecommendationId id, OrganisationId of, int version, DateOnly openedOn, DateOnly dueOn, DateTimeOffset since)
{
    public RecommendationId Id => id;

    public OrganisationId Of => of;

    /// <summary>The version that it was opened with.</summary>
    public int Version => version;

    public DateOnly OpenedOn => openedOn;

    public List<Phase> Phases { get; } = [new(dueOn, openedOn, since)];

    public Phase Phase => Phases[^1];

    /// <summary>The phase that an email was written in: one that left at the moment of a change may be of the one before, unless the record says that its step was planned since.</summary>
    public Phase PhaseOf(int step, DateTimeOffset sentAt, DateTimeOffset plannedAt) =>
        Phases.Count > 1 && plannedAt < Phase.Since && sentAt <= Phase.Since + Bounds.Claim && !Phase.Planned.ContainsKey(step) ? Phases[^2] : Phase;

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Whether it ended because another organisation takes the recommendation over.</summary>
    public bool IsHandedOver { get; set; }

    public List<Span> Pauses { get; } = [];

    public List<Span> Holds { get; } = [];

    /// <summary>When SendGrid first took its notice, or the letter that opened it.</summary>
    public DateTimeOffset? NoticeAt { get; set; }

    /// <summary>The messages that were its notice.</summary>
    public HashSet<string> NoticeMids { get; } = [];

    /// <summary>The day on which the service knew that it was taken.</summary>
    public DateOnly? NoticeKnownOn { get; set; }

    public bool NoticeWithStaff { get; set; }

    /// <summary>The day on which its own contacts first had a notice or a reminder.</summary>
    public DateOnly? WarnedOn { get; set; }

    /// <summary>The day on which the last overdue or upward step was first taken, in any phase, and for whom it was when.</summary>
    public (ModelStep Step, DateOnly On)? LastOverdue { get; set; }

    public Dictionary<string, (int Step, DateOnly On)> OverdueOf { get; } = [];

    /// <summary>For the check that nothing is missed: what is waited for, and for how many good days.</summary>
    public (Phase? Phase, int Step, int GoodDays) Waits { get; set; }

    /// <summary>Of whom it is still waited that they get the step that was planned last, and for how many good days.</summary>
    public (Phase? Phase, int Step, int GoodDays) Lacks { get; set; }

    public bool IsReported { get; set; }

    /// <summary>Whether it is paused, or a pause that has run out was not resumed yet: that moves the deadline, on the next working day.</summary>
    public bool HasPause => Pauses.Count > 0 && Pauses[^1].EndedAt is null;

    public bool IsPaused(DateOnly today) => HasPause && today <= Pauses[^1].Until;

    public bool IsHeld(DateOnly today) => Holds.Count > 0 && Holds[^1] is { EndedAt: null } hold && today <= hold.Until;

    /// <summary>Steps dated on or before this day are skipped.</summary>
    public DateOnly StepsAfter(DateOnly noticeOn) => noticeOn > Phase.StepsAfter ? noticeOn : Phase.StepsAfter;

    /// <summary>The step that should have been taken by the end of a day; null when nothing is due.</summary>
    /// <param name="noticeOn">The day on which the service knew that its notice was taken.</param>
    public ModelStep? Due(DateOnly today, DateOnly? noticeOn, ModelLadder ladder, WorkDays work)
    {
        if (NoticeAt is null && !NoticeWithStaff)
        {
            return ModelLadder.NoticeStep;
        }

        var left = Left(noticeOn ?? today, ladder, work);
        if (today <= Phase.DueOn && left.LastOrDefault(s => s.Step.IsReminder && s.On <= today).Step is { } reminder)
        {
            return reminder;
        }

        var (step, on) = left.FirstOrDefault(s => !s.Step.IsReminder);
        var mayGo = step is not null && on <= today
            && WarnedOn is { } warned && today >= work.Add(warned, 5)
            && !(LastOverdue is { } last && today < work.Add(last.On, 3))
            && !(step.IsUpward && IsHeld(today));
        return mayGo ? step : null;
    }

    /// <summary>Whether staff must have been given it: no step is left, or nobody of the organisation could be told in time.</summary>
    public bool IsAtTheEnd(DateOnly today, DateOnly? noticeOn, ModelLadder ladder, WorkDays work)
    {
        var overdue = Left(noticeOn ?? today, ladder, work).FindAll(s => !s.Step.IsReminder);
        return (NoticeAt is not null || NoticeWithStaff) && today > work.Add(Phase.DueOn, 7) && (overdue.Count == 0 || WarnedOn is null && today > work.Add(StepsAfter(noticeOn ?? today), 7));
    }

    /// <summary>The steps that may still be taken, in their order.</summary>
    private List<(ModelStep Step, DateOnly On)> Left(DateOnly noticeOn, ModelLadder ladder, WorkDays work)
    {
        var after = StepsAfter(noticeOn);
        var last = Phase.Last > 0 ? ladder.Find(Phase.Last)!.Offset : int.MinValue;
        return [.. ladder.Of(Phase.DueOn, work).Where(s => s.On > after && s.Step.Offset > last)];
    }
}
