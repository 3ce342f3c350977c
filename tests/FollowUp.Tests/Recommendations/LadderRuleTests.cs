using CsCheck;
using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

public sealed class LadderRuleTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Published;
    private static readonly Ladder Default = Ladder.Default;
    private static readonly Gen<Ask> AnyAsk =
        from opened in Gen.Int[new DateOnly(2013, 1, 1).DayNumber, new DateOnly(2026, 6, 30).DayNumber].Select(DateOnly.FromDayNumber)
        from due in Gen.Int[1, 90]
        select new Ask { Kind = AskKind.Response, OpenedOn = opened, DueOn = opened.AddDays(due), OriginalDueOn = opened.AddDays(due) };

    [Fact]
    public void The_steps_for_28_September_2017_fall_on_the_nine_days_of_the_design()
    {
        var days = Default.Steps.Where(s => !s.IsNotice).Select(s => LadderRule.DayOf(s, A.Ask(), Calendar));

        Assert.Equal(
            [new(2017, 9, 14), new(2017, 9, 21), new(2017, 9, 27), new(2017, 9, 29), new(2017, 10, 5), new(2017, 10, 12), new(2017, 10, 26), new(2017, 11, 9), new DateOnly(2017, 11, 23)],
            days);
    }

    [Fact]
    public void An_ask_that_nobody_answers_takes_every_step_on_its_day_and_then_rests()
    {
        var taken = Play(Fresh(new(2017, 8, 31), new(2017, 9, 28)), new(2017, 8, 31), new(2018, 3, 31), out var end);

        Assert.Equal(
            [
                (new(2017, 8, 31), 0), (new(2017, 9, 14), 1), (new(2017, 9, 21), 2), (new(2017, 9, 27), 3), (new(2017, 9, 29), 4),
                (new(2017, 10, 5), 5), (new(2017, 10, 12), 6), (new(2017, 10, 26), 7), (new(2017, 11, 9), 8), (new DateOnly(2017, 11, 23), 9),
            ],
            taken);
        Assert.True(end.Ladder.Rests);
        Assert.Null(LadderRule.NextOn(Default, end, Calendar));
        // A pause ends by itself all the same
        Assert.Equal(new DateOnly(2018, 4, 21), LadderRule.NextOn(Default, end with { PausedOn = new DateOnly(2018, 4, 3), PausedUntil = new DateOnly(2018, 4, 20) }, Calendar));
    }

    [Theory]
    [InlineData("2017-09-13", null)]
    [InlineData("2017-09-14", 1)]
    public void A_step_is_due_from_its_day_on(string today, int? step) =>
        Assert.Equal(step, Decide(A.Ask(), today).Due?.Number);

    [Fact]
    public void The_notice_comes_first_whatever_else_is_due()
    {
        var late = A.Ask(lastStep: -1) with { Ladder = new() };

        Assert.Equal(0, Decide(late, "2017-12-01").Due?.Number);
        Assert.Null(Decide(late, "2017-08-30").Due);
    }

    [Theory]
    [InlineData("2017-09-13", 1, 0)]
    [InlineData("2017-09-14", 2, 1)]
    [InlineData("2017-09-20", 2, 1)]
    [InlineData("2017-09-21", 3, 2)]
    public void Steps_on_or_before_the_day_of_the_notice_are_skipped_with_the_reason(string noticeOn, int next, int skipped)
    {
        var day = DateOnly.Parse(noticeOn, null);
        var noticed = Told(LadderMoves.Taken(Default, Fresh(day, new(2017, 9, 28)), Default.Notice, day, default), day);

        var decision = LadderRule.Decide(Default, noticed, LadderRule.DayOf(Default.Steps[next], noticed, Calendar), Calendar);

        Assert.Equal(next, decision.Due?.Number);
        Assert.Equal(Enumerable.Range(1, skipped), decision.Skipped.Select(s => s.Step.Number));
        Assert.All(decision.Skipped, s => Assert.Contains("the day of the notice", s.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2017-09-20", 1, "")]
    [InlineData("2017-09-21", 2, "1")]
    [InlineData("2017-09-28", 3, "1,2")]
    public void Missed_reminders_collapse_into_the_latest(string today, int due, string skipped)
    {
        var decision = Decide(A.Ask(), today);

        Assert.Equal(due, decision.Due?.Number);
        Assert.Equal(skipped, string.Join(',', decision.Skipped.Select(s => s.Step.Number)));
        Assert.All(decision.Skipped, s => Assert.Contains("only the latest", s.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void After_the_deadline_no_reminder_goes_and_the_overdue_step_says_why()
    {
        var decision = Decide(A.Ask(), "2017-09-29");

        Assert.Equal(4, decision.Due?.Number);
        Assert.Equal([1, 2, 3], decision.Skipped.Select(s => s.Step.Number));
        Assert.All(decision.Skipped, s => Assert.Equal("The deadline has passed.", s.Reason));
    }

    [Fact]
    public void Overdue_steps_after_an_outage_go_in_order_and_three_working_days_apart()
    {
        var noticed = Told(LadderMoves.Taken(Default, Fresh(new(2017, 8, 31), new(2017, 9, 28)), Default.Notice, new(2017, 8, 31), default), new(2017, 8, 31));

        var taken = Play(noticed, new(2017, 11, 30), new(2018, 1, 31), out _);

        Assert.Equal(
            [(new(2017, 11, 30), 4), (new(2017, 12, 5), 5), (new(2017, 12, 8), 6), (new(2017, 12, 13), 7), (new(2017, 12, 18), 8), (new DateOnly(2017, 12, 21), 9)],
            taken);
    }

    [Theory]
    [InlineData("2017-10-03", false)] // Three working days before is 28 September
    [InlineData("2017-10-04", true)]
    public void A_second_overdue_step_waits_three_working_days_after_the_first(string today, bool goes)
    {
        var ask = A.Ask(dueOn: new(2017, 9, 25), lastStep: 4);
        ask = ask with { Ladder = ask.Ladder with { LastOverdueOn = new(2017, 9, 29) } };

        var decision = Decide(ask, today);

        Assert.Equal(goes, decision.Due is not null);
        Assert.Equal(goes, decision.Waits is null);
    }

    [Theory]
    [InlineData("2017-09-22", "2017-09-29", true)]
    [InlineData("2017-09-25", "2017-09-29", false)]
    [InlineData("2017-09-25", "2017-10-02", true)]
    public void Nothing_overdue_goes_before_the_organisation_was_told_five_working_days_earlier(string told, string today, bool goes)
    {
        var ask = Told(A.Ask(), DateOnly.Parse(told, null));

        var decision = Decide(ask, today);

        Assert.Equal(goes ? 4 : null, decision.Due?.Number);
        Assert.Equal(goes, decision.Waits is null);
    }

    [Theory]
    [InlineData("2017-10-05", false)]
    [InlineData("2017-10-06", true)]
    [InlineData("2018-01-31", true)]
    public void Without_any_accepted_notice_nothing_overdue_ever_goes_and_after_a_week_staff_are_asked(string today, bool ends)
    {
        var ask = A.Ask() with { Ladder = A.Ask().Ladder with { FirstAcceptedOn = null, Awaits = null } };

        var decision = Decide(ask, today);

        Assert.Null(decision.Due);
        Assert.Equal((ends, !ends), (decision.Ends, decision.Waits is not null));
        // What was planned and is still on its way is waited for
        Assert.False(Decide(ask with { Ladder = ask.Ladder with { Awaits = 0 } }, today).Ends);
    }

    [Theory]
    [InlineData("2017-09-20", false)]
    [InlineData("2017-09-21", true)]
    public void A_pause_lasts_to_the_end_of_its_last_day(string today, bool chased)
    {
        var ask = A.Ask() with { PausedOn = new(2017, 9, 12), PausedUntil = new(2017, 9, 20) };

        Assert.Equal(chased, Decide(ask, today).Due is not null);
        Assert.Equal(new DateOnly(2017, 9, 21), LadderRule.NextOn(Default, ask, Calendar));
    }

    [Fact]
    public void What_is_answered_closed_or_at_rest_is_not_chased()
    {
        var closed = A.Ask() with { ClosedOn = new(2017, 9, 10) };
        var atRest = A.Ask() with { Ladder = A.Ask().Ladder with { Rests = true } };

        Assert.Same(LadderDecision.Nothing, Decide(closed, "2017-10-12"));
        Assert.Same(LadderDecision.Nothing, Decide(atRest, "2017-12-12"));
        Assert.Null(LadderRule.NextOn(Default, closed, Calendar));
    }

    [Fact]
    public void Whatever_the_days_no_step_is_taken_twice_or_out_of_order_and_the_notice_is_first() =>
        AnyAsk.Sample(ask =>
        {
            var taken = Play(ask, ask.OpenedOn, ask.DueOn.AddDays(120), out var end);
            Assert.Equal(0, taken[0].Step);
            Assert.Equal(taken.Select(t => t.Step).Order().Distinct(), taken.Select(t => t.Step));
            Assert.True(end.Ladder.Rests);
            foreach (var (day, step) in taken.Where(t => t.Step > 3))
            {
                Assert.True(day > ask.DueOn);
                Assert.True(Calendar.Between(taken[0].On, day) >= LadderRule.FairWorkingDays, $"step {step}");
            }

            foreach (var (earlier, later) in taken.Where(t => t.Step > 3).Zip(taken.Where(t => t.Step > 3).Skip(1)))
                Assert.True(Calendar.Between(earlier.On, later.On) >= LadderRule.WorkingDaysBetweenOverdueSteps);
            Assert.All(taken.Where(t => t.Step is > 0 and < 4), t => Assert.True(t.On <= ask.DueOn));
        }, iter: 300);

    [Fact]
    public void Whenever_the_chase_comes_late_what_is_due_is_on_the_agenda_by_then() =>
        Gen.Select(AnyAsk, Gen.Int[0, 120]).Sample((ask, late) =>
        {
            var today = Calendar.OnOrAfter(ask.OpenedOn.AddDays(late));
            Play(ask, ask.OpenedOn, today.AddDays(-1), out var present);
            if (LadderRule.Decide(Default, present, today, Calendar).Due is not null)
                Assert.True(LadderRule.NextOn(Default, present, Calendar) <= today);
        }, iter: 300);

    /// <summary>Plays the working days, with every email accepted on its day.</summary>
    private static List<(DateOnly On, int Step)> Play(Ask ask, DateOnly from, DateOnly until, out Ask end)
    {
        var taken = new List<(DateOnly, int)>();
        for (var day = from; day <= until; day = day.AddDays(1))
        {
            if (!Calendar.IsWorkingDay(day) || LadderRule.Decide(Default, ask, day, Calendar).Due is not { } step)
                continue;

            taken.Add((day, step.Number));
            ask = LadderMoves.Accepted(Default, LadderMoves.Taken(Default, ask, step, day, default), step.Number, warns: step.Number < 4, day);
        }

        end = ask;
        return taken;
    }

    private static LadderDecision Decide(Ask ask, string today) => LadderRule.Decide(Default, ask, DateOnly.Parse(today, null), Calendar);

    private static Ask Told(Ask ask, DateOnly on) => ask with { Ladder = ask.Ladder with { Awaits = null, FirstAcceptedOn = on } };

    private static Ask Fresh(DateOnly openedOn, DateOnly dueOn) => new() { Kind = AskKind.Response, OpenedOn = openedOn, DueOn = dueOn, OriginalDueOn = dueOn };
}
