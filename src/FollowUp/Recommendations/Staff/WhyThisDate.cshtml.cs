using FollowUp.Deadlines;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>Why a deadline falls on its date: every day that counted or was skipped.</summary>
internal sealed class WhyThisDatePage(FindRecommendations find, ReadSituation readSituation) : PageModel
{
    public FoundRecommendation Found { get; private set; } = null!;

    public WorkingCalendar Calendar { get; private set; } = null!;

    /// <summary>How many working days after publication an answer is usually due in this programme.</summary>
    public int ResponseDays { get; private set; }

    public Ask Ask => Found.State.Ask;

    public DateOnly DayZero => Found.State.DayZero;

    public IReadOnlyList<ExplainedDay> Days => Calendar.Explain(DayZero, Ask.DueOn);

    /// <summary>Whether the original deadline is the usual one, which nobody has given.</summary>
    public bool IsUsual => DayZero == Found.State.PublishedOn && Ask.Kind == AskKind.Response
        && Ask.OriginalDueOn == DeadlineRule.ForResponse(Calendar, Found.State.PublishedOn, Found.State.IssuedOn, ResponseDays);

    public async Task<IActionResult> OnGetAsync(string inspection, string number, CancellationToken stop)
    {
        if (!RecommendationId.TryParse($"{inspection}/{number}", null, out var id) || await find.FindAsync(id, stop) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        var situation = await readSituation.RunAsync(stop);
        (Calendar, ResponseDays) = (situation.Calendar, situation.Deadlines.For(found.Inspection.Programme));
        return Page();
    }
}
