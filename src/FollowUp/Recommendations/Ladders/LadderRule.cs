using FollowUp.Deadlines;

namespace FollowUp.Recommendations;

/// <summary>A step that is not taken, and why.</summary>
public sealed record SkippedStep(LadderStep Step, DateOnly On, string Reason)
{
    /// <summary>What the record says of it.</summary>
    internal NewEvent Event => new(EventTypes.StepSkipped, new { step = Step.Number, name = Step.Name, on = On, reason = Reason });
}

/// <summary>What the ladder says of an ask on a day.</summary>
/// <param name="Due">The step to take now, or none.</param>
/// <param name="Skipped">The steps before it that are not taken.</param>
/// <param name="Waits">Why a step whose day has come is not taken yet; null otherwise.</param>
/// <param name="Ends">Whether no step is left, so that the ask rests with staff from now on.</param>
public sealed record LadderDecision(LadderStep? Due, IReadOnlyList<SkippedStep> Skipped, string? Waits = null, bool Ends = false)
{
    public static LadderDecision Nothing { get; } = new(null, []);
}

/// <summary>Which step of the ladder an ask has come to.</summary>
public static class LadderRule
{
    /// <summary>The organisation's own contacts have so many working days, from a notice that was accepted for delivery, before anything overdue or upward.</summary>
    public const int FairWorkingDays = 5;

    /// <summary>Overdue steps lie at least so many working days apart.</summary>
    public const int WorkingDaysBetweenOverdueSteps = 3;

    /// <summary>The last step of an ask whose notice is still to be sent.</summary>
    public const int NoStep = -1;

    /// <summary>Whether nobody has been told of the ask yet: neither by the ladder's notice nor by a letter that opened it.</summary>
    public static bool IsUntold(Ladder ladder, Ask ask) => ask.Ladder.LastStep < ladder.Notice.Number || ask.Ladder.Awaits == ladder.Notice.Number;

    /// <summary>The day of a step, counted from the deadline as it stands; the notice's is the day on which the ask opened.</summary>
    public static DateOnly DayOf(LadderStep step, Ask ask, WorkingCalendar calendar) =>
        step.Offset is { } offset ? calendar.Add(ask.DueOn, offset) : ask.OpenedOn;

    /// <summary>What to do today.</summary>
    public static LadderDecision Decide(Ladder ladder, Ask ask, DateOnly today, WorkingCalendar calendar)
    {
        if (!ask.IsOpen || ask.IsPausedOn(today) || ask.Ladder.Rests || today < ask.OpenedOn)
        {
            return LadderDecision.Nothing;
        }

        if (ask.Ladder.LastStep < 0)
        {
            return new LadderDecision(ladder.Notice, []);
        }

        if (ladder.Find(ask.Ladder.Awaits) is { IsReminder: false } awaited)
        {
            return new LadderDecision(null, [], $"Nobody has been reached by the step before, “{awaited.Name}”; it goes first.");
        }

        var skipped = new List<SkippedStep>();
        var left = new List<(LadderStep Step, DateOnly On)>();
        foreach (var (step, on) in ladder.StepsOf(ask, calendar).Where(s => s.Step.Number > ask.Ladder.LastStep))
        {
            if (on <= StepsAfter(ask))
            {
                skipped.Add(new SkippedStep(step, on, $"It fell on or before {StepsAfter(ask).InWords()}, the day of the notice, of the last change of the deadline or the last of a pause."));
            }
            else
            {
                left.Add((step, on));
            }
        }

        var due = today <= ask.DueOn ? LatestReminder(left, today, skipped) : null;
        return due is not null ? new LadderDecision(due, skipped) : NextOverdue(left, skipped, ask, today, calendar);
    }

    /// <summary>The day on which there may next be something to do; null when there is nothing to come.</summary>
    public static DateOnly? NextOn(Ladder ladder, Ask ask, WorkingCalendar calendar)
    {
        if (!ask.IsOpen)
        {
            return null;
        }

        // A pause ends by itself, also where no step is left: staff are told then
        if (ask.PausedUntil is { } until)
        {
            return until.AddDays(1);
        }

        if (ask.Ladder.Rests)
        {
            return null;
        }

        if (ask.Ladder.LastStep < 0)
        {
            return ask.OpenedOn;
        }

        var days = ladder.StepsOf(ask, calendar)
            .Where(s => s.Step.Number > ask.Ladder.LastStep && s.On > StepsAfter(ask))
            .Select(s => s.On)
            .ToList();
        return days.Count > 0 ? days.Min() : Later(ask.DueOn, StepsAfter(ask)).AddDays(1);
    }

    internal static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    internal static DateOnly StepsAfter(Ask ask) => ask.Ladder.StepsAfter ?? ask.OpenedOn;

    private static LadderStep? LatestReminder(List<(LadderStep Step, DateOnly On)> left, DateOnly today, List<SkippedStep> skipped)
    {
        var missed = left.Where(s => s.Step.IsReminder && s.On <= today).ToList();
        skipped.AddRange(missed.SkipLast(1).Select(s => new SkippedStep(s.Step, s.On, "A later reminder is due as well, and only the latest is sent.")));
        return missed.Count == 0 ? null : missed[^1].Step;
    }

    private static LadderDecision NextOverdue(List<(LadderStep Step, DateOnly On)> left, List<SkippedStep> skipped, Ask ask, DateOnly today, WorkingCalendar calendar)
    {
        var next = left.FirstOrDefault(s => !s.Step.IsReminder);
        if (next.Step is null)
        {
            return today > ask.DueOn ? new LadderDecision(null, skipped, Ends: true) : LadderDecision.Nothing;
        }

        if (today < next.On)
        {
            return LadderDecision.Nothing;
        }

        // Whoever could not be told has nobody left who will be: no notice and no reminder comes any more
        if (ask.Ladder is { FirstAcceptedOn: null, Awaits: null } && today > calendar.Add(Later(ask.DueOn, StepsAfter(ask)), FairWorkingDays))
        {
            return new LadderDecision(null, skipped, Ends: true);
        }

        if (ask.Ladder.FirstAcceptedOn is not { } told || today < calendar.Add(told, FairWorkingDays))
        {
            return new LadderDecision(null, [], $"The organisation’s own contacts must have had a notice or reminder {FairWorkingDays} working days before.");
        }

        if (ask.Ladder.LastOverdueOn is { } last && today < calendar.Add(last, WorkingDaysBetweenOverdueSteps))
        {
            return new LadderDecision(null, [], $"Overdue steps lie at least {WorkingDaysBetweenOverdueSteps} working days apart.");
        }

        if (next.Step.IsUpward && ask.Ladder.UpwardHeldUntil is { } held && today <= held)
        {
            return new LadderDecision(null, [], $"Staff hold it back up to {held.InWords()}.");
        }

        skipped.AddRange(left.Where(s => s.Step.IsReminder).Select(s => new SkippedStep(s.Step, s.On, "The deadline has passed.")));
        return new LadderDecision(next.Step, skipped);
    }
}
