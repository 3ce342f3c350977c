namespace FollowUp.Deadlines;

/// <summary>How near or far a deadline is, in words.</summary>
internal static class DeadlineWords
{
    /// <summary>"10 working days left", "due today", "3 working days overdue".</summary>
    public static string Left(this WorkingCalendar calendar, DateOnly dueOn, DateOnly today) =>
        (dueOn.CompareTo(today), Math.Abs(calendar.Between(today, dueOn))) switch
        {
            (0, _) => "due today",
            ( > 0, 0) => "no working days left",
            ( > 0, var days) => $"{Words.Count(days, "working day")} left",
            (_, 0) => "overdue",
            var (_, days) => $"{Words.Count(days, "working day")} overdue",
        };
}
