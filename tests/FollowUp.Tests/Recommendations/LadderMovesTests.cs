using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

/// <summary>What becomes of an ask when nobody knows whether an email about it arrived, or nobody is known to have it.</summary>
public sealed class LadderMovesTests
{
    private static readonly Ladder Default = Ladder.Default;

    [Theory]
    [InlineData("2017-10-13", false)]
    [InlineData("2017-10-16", true)]
    public void Whoever_may_have_a_step_late_has_the_next_one_three_working_days_after_it(string today, bool goes)
    {
        var taken = LadderMoves.Taken(Default, A.Ask(), Default.Steps[4], new(2017, 9, 29), default);
        var reached = LadderMoves.Accepted(Default, taken, 4, warns: false, new(2017, 9, 29));

        var doubted = LadderMoves.Doubted(Default, reached, 4, new(2017, 10, 11));

        Assert.Equal(goes ? 5 : null, Decide(doubted, today).Due?.Number);
        Assert.Equal(doubted, LadderMoves.Doubted(Default, doubted, 4, new(2017, 10, 2)));
    }

    [Theory]
    [InlineData(3)] // A reminder keeps no distance
    [InlineData(5)] // Another step has been taken since, or this one called back
    [InlineData(null)]
    public void A_doubt_about_anything_else_changes_nothing(int? step)
    {
        var ask = A.Ask(lastStep: 3);

        Assert.Equal(ask, LadderMoves.Doubted(Default, ask, step, new(2017, 10, 2)));
    }

    [Fact]
    public void A_notice_that_nobody_had_is_followed_by_what_fell_due_since_the_opening()
    {
        var fresh = A.Ask() with { Ladder = new LadderPosition() };
        var opened = LadderMoves.Taken(Default, fresh, Default.Notice, new(2017, 9, 14), default);

        var givenUp = LadderMoves.GivenUp(Default, opened, 0, new(2017, 9, 15));

        Assert.Equal((null, null), (givenUp.Ladder.Awaits, givenUp.Ladder.FirstAcceptedOn));
        Assert.Equal(1, Decide(givenUp, "2017-09-15").Due?.Number);
        // A notice that came on that day brings what fell before it
        Assert.Null(Decide(LadderMoves.Accepted(Default, opened, 0, warns: true, new(2017, 9, 15)), "2017-09-15").Due);
    }

    [Fact]
    public void A_step_that_was_called_back_before_it_was_given_up_is_decided_again()
    {
        var calledBack = A.Ask(lastStep: 3);

        Assert.Equal(calledBack, LadderMoves.GivenUp(Default, calledBack, 4, new(2017, 10, 2)));
    }

    private static LadderDecision Decide(Ask ask, string today) => LadderRule.Decide(Default, ask, DateOnly.Parse(today, null), WorkingCalendar.Published);
}
