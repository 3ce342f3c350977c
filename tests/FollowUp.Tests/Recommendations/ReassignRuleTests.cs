using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

public sealed class ReassignRuleTests
{
    [Fact]
    public void Whoever_asked_for_more_time_is_told_that_another_organisation_has_it_now()
    {
        var request = new TimeRequest(new DateOnly(2017, 10, 12), "Two of us are away", new("Cleo Director", "Director", "cleo.director@bgsw.example"), default);
        var state = Gloucestershire.Recommendation(1) with { TimeRequest = request };
        var situation = Situations.On("2017-09-22") with { Directory = Gloucestershire.Directory };

        var change = ReassignRule.Reassign(state, situation, Gloucestershire.Nps.Id.ToString(), "The report meant the NPS.", null, Command.By(Situations.Reviewer)).Value!;

        Assert.Equal(["Cleo Director"], Assert.Single(change.Letters).For!.Select(a => a.Name));
        Assert.Null(change.State.TimeRequest);
    }
}
