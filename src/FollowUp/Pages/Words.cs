using System.Globalization;
using FollowUp.Time;

namespace FollowUp.Pages;

/// <summary>How pages say days, moments and numbers.</summary>
internal static class Words
{
    /// <summary>"28 September 2017".</summary>
    public static string InWords(this DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Thursday 28 September 2017".</summary>
    public static string WithWeekday(this DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"14 September 2017 at 9am", on London's clocks.</summary>
    public static string InWords(this DateTimeOffset moment) => $"{moment.LondonDate().InWords()} at {moment.ClockInWords()}";

    /// <summary>"1 task", "2 tasks".</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number.ToString("N0", CultureInfo.InvariantCulture)} {thing}s";

    public static string Capitalised(this string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The first lines of a long text, for lists.</summary>
    public static string Shortened(this string text, int length = 160)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', length);
        return text[..(space > length / 2 ? space : length)].TrimEnd(' ', ',', ';', ':', '.') + " …";
    }
}
