using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Recommendations;

/// <summary>A reassignment that is interrupted between its writes, over the modelled storage.</summary>
public sealed class ReassignmentTests
{
    private static readonly DateOnly Day = new(2017, 9, 4);
    private static readonly RecommendationId Id = A.RecommendationId("moved/1");
    private static readonly Actor By = new(ActorKind.Staff, "Grace Adebayo");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_has_arrived_can_be_answered_though_the_move_was_killed_before_the_map_was_changed(bool byTheChase)
    {
        using var world = Issued();
        world.Killing((table, what) => table == "Inspections" && what == "egt", () => ReassignAsync(world, default));

        Assert.Equal([(RefusalKind.Conflict, "")], Refusals(Extend(world)));
        world.Calmly(() => byTheChase ? world.Services.GetRequiredService<ChaseRecommendations>().RunAsync(default) : SweepAsync(world));

        Assert.Empty(Refusals(Extend(world)));
        Assert.Equal(Gloucestershire.Nps.Id, Find(world)!.State.OrganisationId);
    }

    [Fact]
    public void A_move_is_seen_through_when_whoever_asked_for_it_goes_away()
    {
        using var world = Issued();
        using var leaving = new CancellationTokenSource();
        world.Tables["Register"].OnPut = row =>
        {
            if (row.PartitionKey == Gloucestershire.Nps.Id.ToString())
            {
                leaving.Cancel();
            }
        };
        world.Calmly(() => ReassignAsync(world, leaving.Token));

        Assert.Empty(Refusals(Extend(world)));
        Assert.Equal(Gloucestershire.Nps.Id, Find(world)!.State.OrganisationId);
    }

    [Fact]
    public void What_has_come_back_stays_where_it_is()
    {
        using var world = Issued();
        world.Calmly(() => ReassignAsync(world, default));
        world.Calmly(() => ReassignAsync(world, default, Gloucestershire.Crc.Id.ToString()));
        world.Calmly(() => SweepAsync(world));

        Assert.Equal(Gloucestershire.Crc.Id, Find(world)!.State.OrganisationId);
        Assert.Empty(Refusals(Extend(world)));
    }

    private static SimWorld Issued()
    {
        var world = new SimWorld(1, LondonTime.At(Day, new TimeOnly(9, 0)));
        world.LoadDirectory();
        world.Issue("moved", 2, 1, Day);
        return world;
    }

    private static async Task SweepAsync(SimWorld world)
    {
        using var time = new RunTime(TimeProvider.System, default);
        await world.Services.GetRequiredService<SweepRegister>().RunAsync(time);
    }

    private static Task<Outcome<Recommendation>> ReassignAsync(SimWorld world, CancellationToken stop, string to = "nps-south-west") =>
        world.Services.GetRequiredService<ReassignRecommendation>().RunAsync(Id, Command.By(By), to, "It is theirs", null, stop);

    private static Outcome<Recommendation> Extend(SimWorld world)
    {
        Outcome<Recommendation>? outcome = null;
        world.Calmly(async () => outcome = await world.Services.GetRequiredService<ChangeRecommendation>().RunAsync(Id, Command.By(By), (state, now) => DeadlineCommands.Extend(state, now, new DateOnly(2017, 11, 30), "They need it"), default));
        return outcome!;
    }

    private static FoundRecommendation? Find(SimWorld world)
    {
        FoundRecommendation? found = null;
        world.Calmly(async () => found = await world.Services.GetRequiredService<FindRecommendations>().FindAsync(Id, default));
        return found;
    }

    private static IEnumerable<(RefusalKind, string)> Refusals(Outcome<Recommendation> outcome) =>
        outcome.Refusal is { } refusal ? refusal.Problems.Select(p => (refusal.Kind, p.Field)) : [];
}
