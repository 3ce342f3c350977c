using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

/// <summary>A ladder that replaces another one, and asks of which no step is left.</summary>
public sealed class LadderVersionsTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Published;
    private static readonly DateOnly Day = new(2017, 9, 21);

    /// <summary>Set on 21 September 2017; for the deadline of 28 September its steps fall on 20 and 26 September, 3 and 19 October.</summary>
    private static readonly Ladder New = Ladder.Default.Then(
        [
            new(0, "Reminder", -6, MessageKind.Reminder, [StepAudience.Main]),
            new(0, "Last reminder", -2, MessageKind.Reminder, [StepAudience.Main]),
            new(0, "Late", 3, MessageKind.Overdue, [StepAudience.Main]),
            new(0, "To the top", 15, MessageKind.Escalation, [StepAudience.EscalatesTo, StepAudience.LeadInspector]),
        ],
        Day);

    [Fact]
    public void Steps_dated_up_to_the_day_of_the_change_are_the_old_ladders_and_those_after_it_the_new_ones()
    {
        var days = New.StepsOf(A.Ask(), Calendar);

        Assert.Equal(
            ["2017-09-14 First reminder", "2017-09-21 Second reminder", "2017-09-26 Last reminder", "2017-10-03 Late", "2017-10-19 To the top"],
            days.Select(d => $"{d.On:yyyy-MM-dd} {d.Step.Name}"));
        Assert.Equal(days.Select(d => d.Step.Number).Order(), days.Select(d => d.Step.Number));
    }

    [Fact]
    public void Nothing_is_sent_twice_or_left_out_by_the_change_and_the_ask_rests_at_the_end()
    {
        var ask = A.Ask(lastStep: 1);
        var taken = new List<string>();
        for (var day = Day; day < new DateOnly(2017, 12, 1); day = day.AddDays(1))
        {
            if (Calendar.IsWorkingDay(day) && LadderRule.Decide(New, ask, day, Calendar).Due is { } step)
            {
                taken.Add($"{day:MM-dd} {step.Name}");
                ask = LadderMoves.Foreseen(New, ask, step, day);
            }
        }

        Assert.Equal(["09-21 Second reminder", "09-26 Last reminder", "10-03 Late", "10-19 To the top"], taken);
        Assert.True(ask.Ladder.Rests);
    }

    [Fact]
    public void An_ask_that_is_further_than_a_shorter_ladder_reaches_rests_with_staff()
    {
        var ask = A.Ask(lastStep: 7);
        var shorter = Ladder.Default.Then([new(0, "Late", 5, MessageKind.Overdue, [StepAudience.Main, StepAudience.LeadInspector])], new(2017, 10, 30));

        Assert.True(LadderRule.Decide(shorter, ask, new(2017, 10, 31), Calendar).Ends);
        Assert.False(LadderRule.Decide(Ladder.Default, ask, new(2017, 10, 31), Calendar).Ends);
        Assert.True(LadderRule.NextOn(shorter, ask, Calendar) <= new DateOnly(2017, 10, 31));
    }

    [Fact]
    public void A_pause_and_its_end_after_the_ladder_has_ended_leave_no_ask_silent()
    {
        var resting = A.Ask(lastStep: 9);
        var state = Gloucestershire.Recommendation(1, resting with { Ladder = resting.Ladder with { Rests = true } });
        var paused = DeadlineCommands.Pause(state, Situations.On("2018-03-01"), new(2018, 3, 8), "A death in service").Value!.State;
        var resumed = DeadlineCommands.Resume(paused, Situations.On("2018-03-09")).Value!.State;

        Assert.False(resumed.Ask.Ladder.Rests);
        Assert.Equal(new DateOnly(2018, 3, 9), LadderRule.NextOn(Ladder.Default, resumed.Ask, Calendar));
        Assert.True(LadderRule.Decide(Ladder.Default, resumed.Ask, new(2018, 3, 12), Calendar).Ends);
        Assert.True(LadderMoves.Ended(resumed.Ask).Ladder.Rests);
    }

    [Fact]
    public void A_ladder_that_replaces_the_replacement_counts_from_its_own_day_on()
    {
        var third = New.Then([new(0, "Once more", 7, MessageKind.Overdue, [StepAudience.Main])], new(2017, 9, 27));

        Assert.Equal(
            ["First reminder", "Second reminder", "Last reminder", "Once more"],
            third.StepsOf(A.Ask(), Calendar).Select(d => d.Step.Name));
        Assert.Equal("Second reminder", third.Find(2)?.Name);
        Assert.Equal((3, 201), (third.Version, third.Steps[1].Number));
    }
}
