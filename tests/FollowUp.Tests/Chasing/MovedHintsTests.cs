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
        world.Calmly(() => world.Services.GetRequiredService<ReassignRecommendation>().RunAsync(A.RecommendationId(Id), Command.By(Situations.Reviewer), Gloucestershire.Nps.Id.ToString(), "It is theirs", null, default));
        return world;
    }
}
