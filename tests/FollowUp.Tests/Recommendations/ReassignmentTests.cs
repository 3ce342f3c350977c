using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Recommendations;

/// <summary>A reassignment that is interrupted between its writes, over the modelled storage.</summary>
public sealed class ReassignmentTests
{
    private const string Id = "moved/1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_has_arrived_can_be_answered_though_the_move_was_killed_before_the_map_was_changed(bool byTheChase)
    {
        using var world = SimActs.Issued("moved");
        world.Killing((table, what) => table == "Inspections" && what == "egt", () => ReassignAsync(world, Gloucestershire.Nps.Id.ToString()));

        Assert.Equal(RefusalKind.Conflict, Extend(world).Refusal?.Kind);
        Assert.Empty(byTheChase ? world.Chase().Failures : world.Sweep().Failures);

        Assert.Null(Extend(world).Refusal);
        Assert.Equal(Gloucestershire.Nps.Id, Find(world).OrganisationId);
    }

    [Fact]
    public void A_move_is_seen_through_when_whoever_asked_for_it_goes_away()
    {
        using var world = SimActs.Issued("moved");
        using var leaving = new CancellationTokenSource();
        world.Tables["Register"].OnPut = row =>
        {
            if (row.PartitionKey == Gloucestershire.Nps.Id.ToString())
            {
                leaving.Cancel();
            }
        };
        world.Calmly(() => ReassignAsync(world, Gloucestershire.Nps.Id.ToString(), leaving.Token));

        Assert.Null(Extend(world).Refusal);
        Assert.Equal(Gloucestershire.Nps.Id, Find(world).OrganisationId);
    }

    [Fact]
    public void What_has_come_back_stays_where_it_is()
    {
        using var world = SimActs.Issued("moved");
        world.Calmly(() => ReassignAsync(world, Gloucestershire.Nps.Id.ToString()));
        world.Calmly(() => ReassignAsync(world, Gloucestershire.Crc.Id.ToString()));
        world.Sweep();

        Assert.Equal(Gloucestershire.Crc.Id, Find(world).OrganisationId);
        Assert.Null(Extend(world).Refusal);
    }

    private static Task<Outcome<Recommendation>> ReassignAsync(SimWorld world, string to, CancellationToken stop = default) =>
        world.Services.GetRequiredService<ReassignRecommendation>().RunAsync(A.RecommendationId(Id), Command.By(Situations.Reviewer), to, "It is theirs", null, stop);

    private static Outcome<Recommendation> Extend(SimWorld world) => world.Change(Id, (state, now) => DeadlineCommands.Extend(state, now, new DateOnly(2017, 11, 30), "They need it"));

    private static Recommendation Find(SimWorld world) => world.Get(s => s.GetRequiredService<FindRecommendations>().FindAsync(A.RecommendationId(Id), default))!.State;
}
