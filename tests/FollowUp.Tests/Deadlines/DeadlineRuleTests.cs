using FollowUp.Deadlines;

namespace FollowUp.Tests.Deadlines;

public sealed class DeadlineRuleTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Published;

    [Theory]
    [InlineData("2017-08-31", "2017-08-31", "2017-09-28")]
    [InlineData("2017-08-31", "2017-09-14", "2017-09-28")] // 10 working days are left: enough
    [InlineData("2017-08-31", "2017-09-15", "2017-09-29")] // 9 would be left: the deadline moves
    [InlineData("2017-08-31", "2017-12-01", "2017-12-15")]
    [InlineData("2017-09-02", "2017-09-02", "2017-09-29")] // Published on a Saturday, which is day 0
    public void An_answer_is_due_20_working_days_after_publication_but_at_least_10_after_issue(string published, string issued, string due) =>
        Assert.Equal(DateOnly.Parse(due, null), DeadlineRule.ForResponse(Calendar, DateOnly.Parse(published, null), DateOnly.Parse(issued, null)));

    [Fact]
    public void A_programme_may_have_another_number_of_days() =>
        Assert.Equal(new DateOnly(2017, 9, 21), DeadlineRule.ForResponse(Calendar, new(2017, 8, 31), new(2017, 8, 31), workingDays: 15));

    [Theory]
    [InlineData("Quality & Impact", 15)]
    [InlineData("quality  & impact ", 15)]
    [InlineData("Quality", 25)]
    public void A_programme_is_found_by_its_name_however_it_is_spaced_and_capitalised(string programme, int days) =>
        Assert.Equal(days, new DeadlinesSettings { ResponseDays = 25, Programmes = { new() { Programme = "Quality & Impact", ResponseDays = 15 } } }.For(programme));

    [Fact]
    public void A_programme_that_is_named_twice_is_refused()
    {
        var twice = new DeadlinesSettings { Programmes = { new() { Programme = "Thematic", ResponseDays = 15 }, new() { Programme = " thematic", ResponseDays = 30 } } };
        Assert.Contains("Deadlines__Programmes__1__Programme names the programme", Assert.Single(new DeadlinesAreSound().Validate(null, twice).Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2017-10-16", "2017-10-17")] // Earlier than 10 working days from today
    [InlineData("2017-10-17", "2017-10-17")]
    [InlineData("2017-10-18", "2017-10-18")]
    [InlineData("2017-12-25", "2017-12-27")] // A target on a bank holiday is asked for on the next working day
    public void Progress_is_due_on_the_later_of_the_earliest_open_target_and_10_working_days(string target, string due) =>
        Assert.Equal(DateOnly.Parse(due, null), DeadlineRule.ForProgress(Calendar, DateOnly.Parse(target, null), new(2017, 10, 3)));

    [Theory]
    [InlineData("2017-09-29", null)]
    [InlineData("2017-09-30", "Saturday")]
    [InlineData("2017-10-01", "Sunday")]
    [InlineData("2017-12-25", "Christmas Day")]
    [InlineData("2017-12-27", null)]
    public void A_deadline_on_a_day_without_work_is_allowed_and_said(string due, string? why)
    {
        var remark = DeadlineRule.Remark(Calendar, DateOnly.Parse(due, null));

        if (why is null)
            Assert.Null(remark);
        else
            Assert.Contains(why, remark, StringComparison.Ordinal);
    }
}
