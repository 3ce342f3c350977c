using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Evidence;

/// <summary>A file of evidence, for staff.</summary>
internal sealed class EvidenceForStaff(ListFiles list, GiveFile give) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string inspection, string number, string file, CancellationToken stop) =>
        RecommendationId.TryParse($"{inspection}/{number}", null, out var id)
            ? await give.RunAsync(await list.FindForStaffAsync(id, file, stop), Response, stop)
            : NotFound();
}
