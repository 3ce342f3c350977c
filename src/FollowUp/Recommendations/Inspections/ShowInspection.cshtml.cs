using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>One inspection and its recommendations.</summary>
internal sealed class ShowInspectionPage(ReadInspection read) : PageModel
{
    public ReadableInspection View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await read.RunAsync(id, stop) is not { } view)
        {
            return NotFound();
        }

        View = view;
        return Page();
    }
}
