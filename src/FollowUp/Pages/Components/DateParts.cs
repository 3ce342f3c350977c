using System.Globalization;

namespace FollowUp.Pages.Components;

/// <summary>A date as it was typed into three boxes, and what is wrong with it.</summary>
internal sealed record DateParts(string? Day, string? Month, string? Year)
{
    public bool IsEmpty => Blank(Day) && Blank(Month) && Blank(Year);

    public DateOnly? Date => DayNumber is { } day && MonthNumber is { } month && YearNumber is { } year && IsReal(day, month, year)
        ? new DateOnly(year, month, day)
        : null;

    /// <summary>The names of the boxes to mend; none if the date is whole.</summary>
    public IReadOnlyList<string> Wrong()
    {
        if (Date is not null)
            return [];
        var missing = Names(Blank);
        if (missing.Count > 0)
            return missing.Count == 3 ? ["day", "month", "year"] : missing;
        if (YearNumber is null && IsWhole(Year))
            return ["year"];
        string[] impossible = [.. new[] { (DayNumber, "day"), (MonthNumber, "month"), (YearNumber, "year") }.Where(part => part.Item1 is null).Select(part => part.Item2)];
        return impossible.Length > 0 ? impossible : ["day", "month", "year"];
    }

    /// <summary>What is wrong, in words; null if nothing is.</summary>
    /// <param name="name">What the date is called, such as "Publication date".</param>
    public string? Problem(string name)
    {
        if (Date is not null || IsEmpty)
            return null;
        var missing = Names(Blank);
        if (missing.Count > 0)
            return $"{name} must include a {string.Join(" and ", missing)}";
        return YearNumber is null && IsWhole(Year) ? "Year must include 4 numbers" : $"{name} must be a real date";
    }

    private int? DayNumber => Number(Day) is { } day and >= 1 and <= 31 ? day : null;

    private int? YearNumber => Year?.Trim().Length == 4 && Number(Year) is { } year and >= 1 ? year : null;

    private int? MonthNumber
    {
        get
        {
            if (Number(Month) is { } number)
                return number is >= 1 and <= 12 ? number : null;
            var typed = Month?.Trim() ?? "";
            for (var month = 1; month <= 12 && typed.Length >= 3; month++)
            {
                if (CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                    return month;
            }

            return typed.Equals("sept", StringComparison.OrdinalIgnoreCase) ? 9 : null;
        }
    }

    private List<string> Names(Predicate<string?> which) =>
        [.. new[] { (Day, "day"), (Month, "month"), (Year, "year") }.Where(part => which(part.Item1)).Select(part => part.Item2)];

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);

    private static bool IsWhole(string? text) => Number(text) is not null;

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsReal(int day, int month, int year) => day <= DateTime.DaysInMonth(year, month);
}
