using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>The action plans of all organisations of an inspection, for paper.</summary>
internal sealed class PrintActionPlanPage(ReadInspection read) : PageModel
{
    public ReadableInspection View { get; private set; } = null!;

    public IReadOnlyList<ActionPlan> Plans { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await read.RunAsync(id, stop) is not { } view)
        {
            return NotFound();
        }

        View = view;
        Plans = [.. view.Recommendations.Select(r => r.State).OfType<Recommendation>().Where(s => s.Move is null)
            .OrderBy(s => s.Id.Number.Padded, StringComparer.Ordinal)
            .GroupBy(s => s.OrganisationId)
            .Select(group => new ActionPlan(view.Situation.Directory.NameOf(group.Key), [.. group]))];
        return Page();
    }
}
