using FollowUp.Recommendations;
using FollowUp.Tests.Simulation;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

/// <summary>A pause that ends before a weekend is over on Monday, and costs no step.</summary>
public sealed class WeekendPauseTests
{
    [Fact]
    public void A_step_of_the_monday_after_is_sent()
    {
        var without = Emails(null);
        var pauses =
            from week in Enumerable.Range(0, 4)
            from days in Enumerable.Range(1, 4)
            let friday = new DateOnly(2017, 9, 8).AddDays(7 * week)
            select (From: friday.AddDays(-days), Until: friday);

        Assert.All(pauses, pause => Assert.Equal(without, Emails(pause)));
    }

    /// <summary>What Dana Main is sent about one recommendation, whose chasing is paused after the emails of one day up to the end of another.</summary>
    private static IReadOnlyList<string> Emails((DateOnly From, DateOnly Until)? pause)
    {
        using var world = SimActs.Issued("weekend", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        if (pause is var (from, until))
        {
            world.ChaseUpTo(from);
            Assert.Null(world.Change("weekend/1", (state, now) => DeadlineCommands.Pause(state, now, until, "A move")).Refusal);
        }

        world.ChaseUpTo(SimActs.Day.AddDays(70));
        return [.. world.SendGrid.Inbox.Where(e => e.To == "dana.main@bgsw.example" && e.Category is not "change").Select(e => e.Category)];
    }
}
