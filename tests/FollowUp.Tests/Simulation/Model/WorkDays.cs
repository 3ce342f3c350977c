using FollowUp.Deadlines;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>Working days, counted in another way than the service does: by their places in the list of all of them.</summary>
internal sealed class WorkDays
{
    private static readonly int First = new DateOnly(2012, 1, 1).DayNumber;
    private static readonly int Last = new DateOnly(2028, 12, 31).DayNumber;
    private readonly HashSet<DateOnly> holidays;
    private readonly List<DateOnly> days = [];

    /// <summary>For each day the number of working days up to and including it.</summary>
    private readonly int[] upTo = new int[Last - First + 1];

    private WorkDays(HashSet<DateOnly> holidays)
    {
        this.holidays = holidays;
        for (var number = First; number <= Last; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day))
            {
                days.Add(day);
            }

            upTo[number - First] = days.Count;
        }
    }

    public static WorkDays Published { get; } = new([.. BankHoliday.Published.Select(h => h.Date)]);

    public bool Has(DateOnly day) => UpTo(day) > UpTo(day.AddDays(-1));

    /// <summary>The working day so many after (or, negative, before) a day that is day 0 itself.</summary>
    public DateOnly Add(DateOnly day, int count) => count switch
    {
        0 => day,
        > 0 => days[UpTo(day) + count - 1],
        _ => days[UpTo(day.AddDays(-1)) + count],
    };

    /// <summary>The working days after the one day, up to and including the other.</summary>
    public int Between(DateOnly from, DateOnly to) => UpTo(to) - UpTo(from);

    public bool IsHoliday(DateOnly day) => holidays.Contains(day);

    public WorkDays With(DateOnly holiday) => new([.. holidays, holiday]);

    public WorkDays Without(DateOnly holiday) => new([.. holidays.Where(h => h != holiday)]);

    private int UpTo(DateOnly day) => upTo[day.DayNumber - First];
}
