using FollowUp.Access;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Reviews;

internal sealed class VerifyPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty]
    public ProgressJudgement? Progress { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    protected override string Done => "Judgement recorded";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) =>
        ReviewRule.Verify(state, situation, Progress, Note, User.AsActor());
}
