using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;
using EventLetters = FollowUp.Recommendations.Letters;

namespace FollowUp.Tests.Chasing;

/// <summary>The lists of staff lead to where a recommendation is, not to where it was.</summary>
public sealed class MovedHintsTests
{
    private const string Id = "moved/1";

    [Fact]
    public void What_was_given_to_another_organisation_is_on_the_list_once_where_it_is()
    {
        using var world = Moved();

        var open = world.Get(s => s.GetRequiredService<FindRecommendations>().OpenByDeadlineAsync(50, default)).Items;

        Assert.Equal([Gloucestershire.Nps.Id], open.Where(r => r.State.Id.ToString() == Id).Select(r => r.State.OrganisationId));
    }

    [Fact]
    public void What_waited_for_review_where_it_was_waits_no_more()
    {
        using var world = Moved(answered: true);

        Assert.Empty(world.Get(s => s.GetRequiredService<FindRecommendations>().AwaitingReviewAsync(50, default)).Items);
    }

    [Fact]
    public void The_digest_tells_of_it_where_it_is()
    {
        using var world = Moved();
        world.GoTo(new DateOnly(2017, 11, 1), hour: 8);
        world.Calmly(() => world.Services.GetRequiredService<SendStaffDigest>().RunAsync(default));

        var digest = world.Messages().First(m => m.Kind == MessageKind.StaffDigest).Letter!.Facts<StaffDigest>();

        Assert.Contains(digest.Overdue, line => line.Contains("Recommendation 1 of moved, NPS", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_crash_left_on_its_way_is_brought_there_by_the_next_sweep_also_at_night()
    {
        using var world = SimActs.Issued("moved");
        world.ChaseAndSend();
        world.GoTo(SimActs.Day.AddDays(1), hour: 19);
        var writes = 0;
        world.Killing((table, what) => table == "Register" && what == "egt" && ++writes == 2, () => MoveAsync(world));
        Assert.Equal(Gloucestershire.Nps.Id, world.State(Gloucestershire.Crc.Id, Id).Move?.To);
        Assert.DoesNotContain(world.Tables["Register"].All, e => e.PartitionKey == Gloucestershire.Nps.Id.ToString() && e.RowKey.StartsWith("rec|moved|001", StringComparison.Ordinal));

        world.Sweep();

        Assert.Null(world.State(Gloucestershire.Nps.Id, Id).Move);
        Assert.Equal(Gloucestershire.Nps.Id, world.Get(s => s.GetRequiredService<InspectionsTable>().FindRecommendationAsync(A.RecommendationId(Id), default))!.Value.OrganisationId);
    }

    private static Task<Outcome<Recommendation>> MoveAsync(SimWorld world) =>
        world.Services.GetRequiredService<ReassignRecommendation>().RunAsync(A.RecommendationId(Id), Command.By(Situations.Reviewer), Gloucestershire.Nps.Id.ToString(), "It is theirs", null, default);

    private static SimWorld Moved(bool answered = false)
    {
        var world = SimActs.Issued("moved");
        world.ChaseAndSend();
        if (answered)
        {
            Assert.Null(world.Change(Id, (state, now) => new Change(
                state with { Status = RecommendationStatus.Responded, Answer = A.Answer(Position.NotAgreed), Ask = state.Ask with { ClosedOn = now.Today } }, [new NewEvent(EventTypes.Answered, new { })], Change.NoLetters)).Refusal);
        }

        world.GoTo(SimActs.Day.AddDays(1));
        world.Calmly(() => MoveAsync(world));
        return world;
    }
}
