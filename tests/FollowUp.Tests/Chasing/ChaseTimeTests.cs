using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

/// <summary>A chase whose time is up.</summary>
public sealed class ChaseTimeTests
{
    [Fact]
    public void A_chase_whose_time_is_up_plans_no_more_looks_after_what_waits_and_writes_its_run()
    {
        using var world = new CalmWorld();
        world.World.Issue("first-2017-08", 1, 0, world.Today);
        world.Plan();
        world.World.Queues.Rings.Clear();
        world.World.Issue("second-2017-08", 0, 1, world.Today);
        world.MoveTo(world.Today, 9, 10);

        var cut = world.Plan(good: TimeSpan.Zero);

        Assert.Equal((0, 1), (cut.Planned, cut.Places.Count));
        Assert.Single(world.World.Queues.Rings);
        var run = world.Do(() => world.The<RunsTable>().FindAsync(ChaseRecommendations.Job, [], default));
        Assert.Equal(world.Today, DateOnly.FromDateTime(run!.FinishedAt.Date));
        Assert.Equal(10, run.FinishedAt.Minute);

        Assert.Equal(1, world.Plan().Planned);
        Assert.Single(world.Messages(Gloucestershire.Nps.Id), m => m.Kind == MessageKind.Notice);
    }
}
