using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Recommendations;

internal sealed class HoldUpwardPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty, Display(Name = "Last day of the hold")]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    protected override string Done => "Upward emails are held";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => UpwardCommands.Hold(state, situation, Until, Reason);
}
