using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Reviews;

internal sealed class RefuseTimePage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty]
    public string? Reason { get; set; }

    protected override string Done => "More time refused";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => ReviewRule.RefuseTime(state, situation, Reason);
}
