using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

public sealed class UpwardCommandsTests
{
    private static readonly Recommendation Overdue = Gloucestershire.Recommendation(1, A.Ask(lastStep: 5));

    [Theory]
    [InlineData("2017-10-09", "The last day of the hold must be after today, 9 October 2017")]
    [InlineData("2017-11-07", "A hold lasts at most 20 working days: enter 6 November 2017 or earlier")]
    [InlineData(null, "Enter the last day of the hold")]
    public void A_hold_is_bounded(string? until, string expected) =>
        Assert.Equal([$"until: {expected}"], Hold(Overdue, until).Problems());

    [Fact]
    public void A_hold_needs_a_reason() =>
        Assert.Equal(["reason"], UpwardCommands.Hold(Overdue, Situations.On("2017-10-09"), new(2017, 10, 20), " ").Fields());

    [Theory]
    [InlineData("2017-10-10")]
    [InlineData("2017-11-06")]
    public void A_hold_keeps_what_goes_up_until_its_last_day_and_no_longer(string until)
    {
        var day = DateOnly.Parse(until, null);
        var held = Hold(Overdue, until).Value!.State;
        var after = Situations.On("2017-10-09").Calendar.Add(day, 1);

        if (day >= new DateOnly(2017, 10, 12))
        {
            var waits = Decide(held, day);
            Assert.Null(waits.Due);
            Assert.Contains("Staff hold it back", waits.Waits, StringComparison.Ordinal);
        }

        Assert.Equal(6, Decide(held, after > new DateOnly(2017, 10, 12) ? after : new DateOnly(2017, 10, 12)).Due?.Number);
        Assert.Equal((Overdue.Ask.DueOn, Overdue.Ask.Version), (held.Ask.DueOn, held.Ask.Version));
    }

    [Fact]
    public void A_hold_stops_nothing_that_goes_to_main_and_second_contacts()
    {
        var held = Hold(Gloucestershire.Recommendation(1, A.Ask(lastStep: 3)), "2017-11-06").Value!.State;

        Assert.Equal(4, Decide(held, new(2017, 10, 9)).Due?.Number);
    }

    [Fact]
    public void What_goes_to_the_director_can_be_held()
    {
        var before = Gloucestershire.Recommendation(1, A.Ask(lastStep: 4));
        var held = UpwardCommands.Hold(before, Situations.On("2017-10-02"), new(2017, 10, 9), "The director rang").Value!.State;

        Assert.Equal("Overdue, to the director", UpwardCommands.Next(before, Situations.On("2017-10-02"))?.Step.Name);
        Assert.Equal((null, 5), (Decide(held, new(2017, 10, 9)).Due?.Number, Decide(held, new(2017, 10, 10)).Due?.Number));
    }

    [Fact]
    public void An_upward_step_that_is_planned_and_has_reached_nobody_is_called_back_and_decided_again()
    {
        var day = new DateOnly(2017, 10, 12);
        var planned = Overdue with { Ask = LadderMoves.Taken(Ladder.Default, Overdue.Ask, Ladder.Default.Find(6)!, day, default) };
        var held = UpwardCommands.Hold(planned, Situations.On("2017-10-12"), new(2017, 10, 16), "The director rang").Value!.State;

        Assert.Equal((6, day), UpwardCommands.Next(planned, Situations.On("2017-10-12")) is { } next ? (next.Step.Number, next.On) : default);
        Assert.Equal((5, null), (held.Ask.Ladder.LastStep, held.Ask.Ladder.Awaits));
        Assert.Equal((null, 6), (Decide(held, new(2017, 10, 16)).Due?.Number, Decide(held, new(2017, 10, 17)).Due?.Number));
    }

    [Fact]
    public void An_upward_step_that_left_before_it_was_called_back_is_not_taken_again()
    {
        var day = new DateOnly(2017, 10, 12);
        var planned = Overdue with { Ask = LadderMoves.Taken(Ladder.Default, Overdue.Ask, Ladder.Default.Find(6)!, day, default) };
        var held = UpwardCommands.Hold(planned, Situations.On("2017-10-12"), new(2017, 10, 16), "The director rang").Value!.State;

        var after = held with { Ask = LadderMoves.Accepted(Ladder.Default, held.Ask, 6, warns: false, day) };

        Assert.Equal((6, null, day), (after.Ask.Ladder.LastStep, after.Ask.Ladder.Awaits, after.Ask.Ladder.LastOverdueOn));
        Assert.Null(Decide(after, new(2017, 10, 17)).Due);
    }

    [Fact]
    public void The_last_upward_step_is_called_back_too()
    {
        var last = Gloucestershire.Recommendation(1, A.Ask(lastStep: 8));
        var planned = last with { Ask = LadderMoves.Taken(Ladder.Default, last.Ask, Ladder.Default.Find(9)!, new(2017, 11, 23), default) };

        var held = UpwardCommands.Hold(planned, Situations.On("2017-11-23"), new(2017, 11, 24), "The director rang").Value!.State;

        Assert.Equal(9, Decide(held, new(2017, 11, 27)).Due?.Number);
    }

    [Fact]
    public void Nobody_outside_is_told_and_the_record_says_why()
    {
        var change = Hold(Overdue, "2017-10-20").Value!;

        Assert.Empty(change.Letters);
        Assert.Equal(EventTypes.UpwardHeld, Assert.Single(change.Events).Type);
        Assert.Equal("The director rang", change.State.Ask.Ladder.UpwardHeldBecause);
        var released = UpwardCommands.Release(change.State, Situations.On("2017-10-10")).Value!;
        Assert.Equal(EventTypes.UpwardReleased, Assert.Single(released.Events).Type);
        Assert.Equal(6, Decide(released.State, new(2017, 10, 12)).Due?.Number);
    }

    [Fact]
    public void What_is_not_held_cannot_be_released_and_what_goes_to_nobody_above_cannot_be_held()
    {
        var answered = Overdue with { Ask = Overdue.Ask with { ClosedOn = new(2017, 10, 1) } };
        var resting = Gloucestershire.Recommendation(1, A.Ask(lastStep: 9) with { Ladder = A.Ask(lastStep: 9).Ladder with { Rests = true } });

        Assert.Equal(RefusalKind.Conflict, UpwardCommands.Release(Overdue, Situations.On("2017-10-09")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, UpwardCommands.Release(Hold(Overdue, "2017-10-20").Value!.State, Situations.On("2017-10-23")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, Hold(answered, "2017-10-20").Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, Hold(resting, "2017-10-20").Refusal?.Kind);
    }

    private static Outcome<Change> Hold(Recommendation state, string? until) =>
        UpwardCommands.Hold(state, Situations.On("2017-10-09"), until is null ? null : DateOnly.Parse(until, null), "The director rang");

    private static LadderDecision Decide(Recommendation state, DateOnly today) =>
        LadderRule.Decide(Ladder.Default, state.Ask, today, Situations.On(today).Calendar);
}
