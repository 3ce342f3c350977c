using System.ComponentModel.DataAnnotations;
using FollowUp.Access;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Reviews;

internal sealed class ReviewPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty]
    public Judgement? Judgement { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty, Display(Name = "Deadline for the new answer")]
    public DateOnly? DueOn { get; set; }

    protected override string Done => "Review recorded";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) =>
        ReviewRule.Review(state, situation, Judgement, Note, DueOn, User.AsActor());

    protected override void LeaveOutUnasked()
    {
        if (Judgement != Recommendations.Judgement.Unacceptable)
        {
            ModelState.Remove(nameof(DueOn));
        }
    }
}
