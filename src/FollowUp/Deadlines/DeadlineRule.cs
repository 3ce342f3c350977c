namespace FollowUp.Deadlines;

/// <summary>When an answer is due.</summary>
public static class DeadlineRule
{
    public const int ResponseWorkingDays = 20;
    public const int LeastWorkingDaysAfterIssue = 10;
    public const int LeastWorkingDaysForProgress = 10;
    public const int MostPausedWorkingDays = 60;

    /// <summary>20 working days after publication (or as the programme has it), but at least 10 after issue.</summary>
    public static DateOnly ForResponse(WorkingCalendar calendar, DateOnly publishedOn, DateOnly issuedOn, int workingDays = ResponseWorkingDays) =>
        Later(calendar.Add(publishedOn, workingDays), calendar.Add(issuedOn, LeastWorkingDaysAfterIssue));

    /// <summary>The later of the earliest target date that is still open and 10 working days from today.</summary>
    public static DateOnly ForProgress(WorkingCalendar calendar, DateOnly earliestOpenTarget, DateOnly today) =>
        Later(calendar.OnOrAfter(earliestOpenTarget), calendar.Add(today, LeastWorkingDaysForProgress));

    /// <summary>What to say of a deadline that falls on a day when nobody is asked to work; null otherwise.</summary>
    public static string? Remark(WorkingCalendar calendar, DateOnly dueOn) => calendar.WhyNot(dueOn) is { } reason
        ? $"{dueOn.InWords()} is not a working day ({reason}). The deadline is kept as given; the last working day before it is {calendar.Add(dueOn, -1).InWords()}."
        : null;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
