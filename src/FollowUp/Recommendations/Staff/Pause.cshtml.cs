using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Recommendations;

internal sealed class PausePage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : CommandPage(find, change, readSituation)
{
    [BindProperty, Display(Name = "Last day of the pause")]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    protected override string Done => "Chasing paused";

    protected override Outcome<Change> Decide(Recommendation state, Situation situation) => DeadlineCommands.Pause(state, situation, Until, Reason);
}
