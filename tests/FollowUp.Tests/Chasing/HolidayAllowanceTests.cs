using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>A working day that a new holiday takes is given back whatever became of the deadline in between, and once.</summary>
public sealed class HolidayAllowanceTests
{
    private const string Id = "allowed/1";
    private static readonly DateOnly Holiday = new(2017, 9, 25);
    private static readonly DateOnly Later = new(2017, 10, 2);

    [Fact]
    public void An_ask_that_was_paused_when_the_holiday_was_added_is_offered_after_it_was_resumed()
    {
        using var world = SimActs.Issued("allowed", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        world.GoTo(new DateOnly(2017, 9, 4));
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Pause(state, now, new DateOnly(2017, 9, 13), "A fire")).Refusal);
        Add(world, Holiday);
        Assert.Empty(Offered(world, Holiday));

        world.ChaseUpTo(new DateOnly(2017, 9, 14));

        Assert.Equal([Id], Offered(world, Holiday));
        Allow(world, Holiday);
        Assert.Empty(Offered(world, Holiday));
    }

    [Fact]
    public void A_holiday_that_the_pause_has_allowed_for_is_not_offered()
    {
        using var world = SimActs.Issued("allowed", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        world.GoTo(new DateOnly(2017, 9, 4));
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Pause(state, now, new DateOnly(2017, 9, 13), "A fire")).Refusal);
        Add(world, Later);

        world.ChaseUpTo(new DateOnly(2017, 9, 14));

        Assert.True(world.State(Gloucestershire.Crc.Id, Id).Ask.DueOn > Later);
        Assert.Empty(Offered(world, Later));
    }

    [Fact]
    public void A_deadline_that_was_given_later_has_allowed_for_it_and_one_that_was_given_back_a_day_has_not_for_another()
    {
        using var world = SimActs.Issued("allowed", toCrc: 2, toNps: 0);
        world.ChaseAndSend();
        var other = Holiday.AddDays(1);
        Add(world, Holiday);
        Add(world, other);
        world.GoTo(SimActs.Day.AddDays(1));
        Assert.Null(world.Change("allowed/2", (state, now) => DeadlineCommands.Extend(state, now, new DateOnly(2017, 10, 20), "They need it")).Refusal);

        Allow(world, Holiday);

        Assert.Empty(Offered(world, Holiday));
        Assert.Equal([Id], Offered(world, other));
    }

    private static void Add(SimWorld world, DateOnly holiday) => Assert.Null(world.Get(s => s.GetRequiredService<ChangeHolidays>().RunAsync(new HolidayForm(holiday, "An extra day", "The gazette", false), Situations.Reviewer, default)).Refusal);

    private static IEnumerable<string> Offered(SimWorld world, DateOnly holiday) => world.Get(s => s.GetRequiredService<AllowForHoliday>().FindAsync(holiday, default)).Shortened.Select(a => a.State.Id.ToString());

    private static void Allow(SimWorld world, DateOnly holiday) => Assert.Equal(1, world.Get(s => s.GetRequiredService<AllowForHoliday>().RunAsync(holiday, [Id], "A holiday", Situations.Reviewer, default)).Value?.Extended);
}
