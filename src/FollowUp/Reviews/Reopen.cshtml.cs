using System.ComponentModel.DataAnnotations;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Reviews;

internal sealed class ReopenPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty, Display(Name = "New deadline")]
    public DateOnly? DueOn { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    protected override string Done => "Recommendation opened again";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) =>
        ReviewRule.Reopen(state, situation, Reason, DueOn);
}
