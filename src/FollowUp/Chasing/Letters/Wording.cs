using System.Globalization;
using FollowUp.Deadlines;
using FollowUp.Time;

namespace FollowUp.Chasing.Letters;

/// <summary>How letters say dates, numbers and lists.</summary>
internal static class Wording
{
    public static string Short(this DateOnly day) => Say(day, "d MMMM yyyy");

    public static string Long(this DateOnly day) => Say(day, "dddd d MMMM yyyy");

    /// <summary>"2:05pm on Thursday 14 September 2017", on London's clocks.</summary>
    public static string Said(this DateTimeOffset moment) => $"{moment.ClockInWords()} on {moment.LondonDate().Long()}";

    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    /// <summary>"one, two and three".</summary>
    public static string List(IEnumerable<string> things) => things.ToList() switch
    {
        [] => "",
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
    };

    /// <summary>"14, 21 and 27 September 2017"; each with its month where the months differ.</summary>
    public static string Days(IReadOnlyList<DateOnly> days)
    {
        var (sameYear, sameMonth) = (days.All(d => d.Year == days[0].Year), days.All(d => (d.Year, d.Month) == (days[0].Year, days[0].Month)));
        var format = sameMonth ? "%d" : sameYear ? "d MMMM" : "d MMMM yyyy";
        return List(days.Select((day, i) => Say(day, i == days.Count - 1 ? "d MMMM yyyy" : format)));
    }

    /// <summary>"10 working days left", "due today", "3 working days overdue".</summary>
    public static string Left(DateOnly dueOn, DateOnly today, WorkingCalendar calendar) => (dueOn.CompareTo(today), calendar.Between(today, dueOn)) switch
    {
        (0, _) => "due today",
        ( > 0, 0) => "no working days left",
        ( > 0, var days) => $"{Count(days, "working day")} left",
        (_, 0) => "overdue",
        var (_, days) => $"{Count(-days, "working day")} overdue",
    };

    public static string UpperFirst(this string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Say(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
