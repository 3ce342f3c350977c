using System.Globalization;
using FollowUp.Time;

namespace FollowUp;

/// <summary>How pages, letters and problems say days, moments and numbers: in English, whatever the machine speaks.</summary>
internal static class Words
{
    private const string IsoFormat = "yyyy-MM-dd";

    /// <summary>"28 September 2017".</summary>
    public static string InWords(this DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"Thursday 28 September 2017".</summary>
    public static string WithWeekday(this DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"14 September 2017 at 9am", on London's clocks.</summary>
    public static string InWords(this DateTimeOffset moment) => $"{moment.LondonDate().InWords()} at {moment.ClockInWords()}";

    /// <summary>"2017-09-28", as keys, addresses and JSON have it.</summary>
    public static string Iso(this DateOnly day) => day.ToString(IsoFormat, CultureInfo.InvariantCulture);

    /// <summary>The day that <see cref="Iso"/> wrote; null if it is none.</summary>
    public static DateOnly? ReadIso(string? text) =>
        DateOnly.TryParseExact(text, IsoFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>"1 task", "2 tasks".</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number.WithCommas()} {thing}s";

    /// <summary>"1,234".</summary>
    public static string WithCommas(this int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string UpperFirst(this string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The text, cut at a word with an ellipsis when it is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters it has at most, with the ellipsis.</param>
    public static string Shortened(this string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = text.LastIndexOf(' ', most - 1);
        end = end > most / 2 ? end : most - 1;
        end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return text[..end].TrimEnd(' ', ',', ';', ':', '.', '(') + "…";
    }
}
