using FollowUp.Access;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Reviews;

internal sealed class ClosePage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty]
    public ClosureReason? Reason { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    protected override string Done => "Recommendation closed";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) =>
        ReviewRule.Close(state, situation, Reason, Note, User.AsActor());
}
