using CsCheck;
using FollowUp.Deadlines;

namespace FollowUp.Tests.Deadlines;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Published;
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, new DateOnly(2028, 12, 31).DayNumber - new DateOnly(2012, 1, 1).DayNumber].Select(d => new DateOnly(2012, 1, 1).AddDays(d));

    [Fact]
    public void Twenty_working_days_after_31_August_2017_is_28_September_2017() =>
        Assert.Equal(new DateOnly(2017, 9, 28), Calendar.Add(new(2017, 8, 31), 20));

    [Theory]
    [InlineData("2017-08-25", true)] // Friday
    [InlineData("2017-08-26", false)] // Saturday
    [InlineData("2017-08-27", false)] // Sunday
    [InlineData("2017-08-28", false)] // Summer bank holiday
    [InlineData("2017-08-29", true)]
    [InlineData("2020-05-04", true)] // The early May holiday was moved in 2020 …
    [InlineData("2020-05-08", false)] // … to the anniversary of VE Day
    [InlineData("2022-05-30", true)] // The spring holiday was moved in 2022
    [InlineData("2022-06-02", false)]
    [InlineData("2022-06-03", false)] // Platinum Jubilee
    [InlineData("2022-09-19", false)] // State Funeral
    [InlineData("2022-09-20", true)]
    [InlineData("2023-05-08", false)] // Coronation
    [InlineData("2021-12-24", true)]
    [InlineData("2021-12-27", false)] // Christmas Day, substitute
    [InlineData("2021-12-28", false)] // Boxing Day, substitute
    [InlineData("2021-12-29", true)]
    public void Weekends_and_bank_holidays_are_no_working_days(string day, bool works) =>
        Assert.Equal(works, Calendar.IsWorkingDay(DateOnly.Parse(day, null)));

    [Fact]
    public void Each_year_from_2012_to_2028_has_its_eight_holidays_and_the_three_extra_ones()
    {
        var extra = new Dictionary<int, int> { [2012] = 9, [2022] = 10, [2023] = 9 };
        foreach (var year in Enumerable.Range(2012, 17))
            Assert.Equal((year, extra.GetValueOrDefault(year, 8)), (year, BankHoliday.Published.Count(h => h.Date.Year == year)));
        Assert.DoesNotContain(BankHoliday.Published, h => h.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    [Fact]
    public void Adding_leads_to_a_working_day_that_lies_as_many_working_days_away() =>
        Gen.Select(AnyDay, Gen.Int[-60, 60]).Sample((day, count) =>
        {
            var reached = Calendar.Add(day, count);
            Assert.True(count == 0 ? reached == day : Calendar.IsWorkingDay(reached));
            var (from, to) = count >= 0 ? (day, reached) : (reached, day);
            var between = Calendar.Between(from, to);
            // Going back from a day that is none, the day itself is not passed
            Assert.Equal(Math.Abs(count), count < 0 && !Calendar.IsWorkingDay(day) ? between + 1 : between);
        });

    [Fact]
    public void Adding_step_by_step_is_adding_at_once() =>
        Gen.Select(AnyDay, Gen.Int[0, 30], Gen.Int[0, 30]).Sample((day, one, other) =>
            Assert.Equal(Calendar.Add(day, one + other), Calendar.Add(Calendar.Add(day, one), other)));

    [Fact]
    public void A_later_day_never_leads_to_an_earlier_one() =>
        Gen.Select(AnyDay, Gen.Int[0, 40], Gen.Int[-60, 60]).Sample((day, later, count) =>
            Assert.True(Calendar.Add(day, count) <= Calendar.Add(day.AddDays(later), count)));

    [Fact]
    public void Every_day_is_explained_once_and_the_numbers_count_the_working_days() =>
        Gen.Select(AnyDay, Gen.Int[0, 60]).Sample((day, count) =>
        {
            var last = Calendar.Add(day, count);
            var days = Calendar.Explain(day, last);
            Assert.Equal(Enumerable.Range(1, last.DayNumber - day.DayNumber).Select(day.AddDays), days.Select(d => d.Date));
            Assert.Equal(Enumerable.Range(1, count), days.Where(d => d.Counted).Select(d => d.Number!.Value));
            Assert.All(days, d => Assert.Equal(d.Counted, Calendar.IsWorkingDay(d.Date)));
            Assert.All(days, d => Assert.NotEmpty(d.Reason));
        });

    [Fact]
    public void A_skipped_day_is_explained_by_its_name()
    {
        var days = Calendar.Explain(new(2017, 8, 24), new(2017, 8, 29));

        Assert.Equal(
            ["Working day 1", "Saturday: not a working day", "Sunday: not a working day", "Bank holiday: Summer bank holiday", "Working day 2"],
            days.Select(d => d.Reason));
    }

    [Fact]
    public void Rows_that_staff_edit_lie_over_the_published_days()
    {
        var edited = new WorkingCalendar(BankHoliday.Published, [new(new(2017, 9, 15), "A day of mourning"), new(new(2017, 8, 28), null)]);

        Assert.Equal("A day of mourning", edited.WhyNot(new(2017, 9, 15)));
        Assert.True(edited.IsWorkingDay(new(2017, 8, 28)));
        Assert.Equal(new DateOnly(2017, 9, 29), edited.Add(new(2017, 8, 31), 20));
        Assert.False(edited.IsWorkingDay(new(2017, 12, 25)));
    }

    [Theory]
    [InlineData("2027-12-30", false)]
    [InlineData("2027-12-31", false)]
    [InlineData("2028-01-01", true)]
    [InlineData("2029-06-01", true)]
    public void A_year_before_the_holidays_run_out_there_is_a_warning(string today, bool warned)
    {
        Assert.Equal(new DateOnly(2028, 12, 31), Calendar.KnownUntil);
        var warning = Calendar.RunningOut(DateOnly.Parse(today, null));

        Assert.Equal(warned, warning is not null);
        if (warned)
            Assert.Contains("31 December 2028", warning, StringComparison.Ordinal);
    }
}
