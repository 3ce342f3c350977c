namespace FollowUp.Deadlines;

/// <summary>A day on the way to a deadline: its number if it counted, and why it did or did not.</summary>
public sealed record ExplainedDay(DateOnly Date, bool Counted, int? Number, string Reason);

/// <summary>Working days of England and Wales: Monday to Friday without bank holidays. A value; it knows no today.</summary>
public sealed class WorkingCalendar
{
    /// <summary>England and Wales have so many bank holidays in a year, or more.</summary>
    public const int BankHolidaysAYear = 8;

    private readonly Dictionary<DateOnly, string> holidays;

    /// <param name="published">The published bank holidays.</param>
    /// <param name="added">Days that staff have added, with their titles; a null title takes a published day out.</param>
    public WorkingCalendar(IEnumerable<BankHoliday> published, IEnumerable<KeyValuePair<DateOnly, string?>>? added = null)
    {
        holidays = published.ToDictionary(h => h.Date, h => h.Title);
        var (first, last) = holidays.Count == 0 ? (DateOnly.MaxValue.Year, DateOnly.MinValue.Year) : (holidays.Keys.Min().Year, holidays.Keys.Max().Year);
        foreach (var (day, title) in added ?? [])
        {
            if (title is null)
            {
                holidays.Remove(day);
            }
            else
            {
                holidays[day] = title;
            }
        }

        // A day or two that staff added do not make a year known
        while (holidays.Keys.Count(day => day.Year == last + 1) >= BankHolidaysAYear)
        {
            last++;
        }

        KnownUntil = last == DateOnly.MinValue.Year ? DateOnly.MinValue : new DateOnly(last, 12, 31);
        KnownFrom = first == DateOnly.MaxValue.Year ? DateOnly.MaxValue : new DateOnly(first, 1, 1);
    }

    /// <summary>England and Wales as published.</summary>
    public static WorkingCalendar Published { get; } = new(BankHoliday.Published);

    /// <summary>The bank holidays, and the days that staff have added, in their order.</summary>
    public IEnumerable<(DateOnly Day, string Title)> Holidays => holidays.OrderBy(h => h.Key).Select(h => (h.Key, h.Value));

    /// <summary>The first day for which the bank holidays are known.</summary>
    public DateOnly KnownFrom { get; }

    /// <summary>The last day for which the bank holidays are known.</summary>
    public DateOnly KnownUntil { get; }

    public bool IsWorkingDay(DateOnly day) => WhyNot(day) is null;

    /// <summary>The name of the holiday or "Saturday", "Sunday"; null on a working day.</summary>
    public string? WhyNot(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => "Saturday",
        DayOfWeek.Sunday => "Sunday",
        _ => holidays.GetValueOrDefault(day),
    };

    /// <summary>The working day that lies so many working days after (or, negative, before) a day, which itself is day 0.</summary>
    public DateOnly Add(DateOnly day, int workingDays)
    {
        var direction = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0;)
        {
            day = day.AddDays(direction);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>The day itself if it is a working day, else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsWorkingDay(day) ? day : Add(day, 1);

    /// <summary>How many working days lie after the one day, up to and including the other; negative when the other is earlier.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -Between(to, from);
        }

        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Every day after day 0 up to the last, counted or skipped, with the reason.</summary>
    public IReadOnlyList<ExplainedDay> Explain(DateOnly dayZero, DateOnly last)
    {
        var days = new List<ExplainedDay>();
        var number = 0;
        for (var day = dayZero.AddDays(1); day <= last; day = day.AddDays(1))
        {
            var whyNot = WhyNot(day);
            days.Add(whyNot is null
                ? new ExplainedDay(day, true, ++number, $"Working day {number}")
                : new ExplainedDay(day, false, null, whyNot is "Saturday" or "Sunday" ? $"{whyNot}: not a working day" : $"Bank holiday: {whyNot}"));
        }

        return days;
    }

    /// <summary>A warning when the bank holidays run out within a year, else null.</summary>
    public string? RunningOut(DateOnly today) => today.AddYears(1) <= KnownUntil
        ? null
        : $"Bank holidays are known only until {KnownUntil.InWords()}. Add the next year's: until then deadlines after that day count bank holidays as working days.";
}
