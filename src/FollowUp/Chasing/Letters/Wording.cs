using System.Globalization;
using FollowUp.Time;

namespace FollowUp.Chasing.Letters;

/// <summary>How letters say dates, numbers and lists.</summary>
internal static class Wording
{
    /// <summary>"2:05pm on Thursday 14 September 2017", on London's clocks.</summary>
    public static string Said(this DateTimeOffset moment) => $"{moment.ClockInWords()} on {moment.LondonDate().WithWeekday()}";

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

    private static string Say(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
