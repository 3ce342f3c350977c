using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Recommendations;

internal sealed class ExtendPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty, Display(Name = "New deadline")]
    public DateOnly? DueOn { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    protected override string Done => "Deadline extended";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => DeadlineCommands.Extend(state, situation, DueOn, Reason);

    protected override void Prepare() => DueOn = State.TimeRequest?.DueOn;
}
