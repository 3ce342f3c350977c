using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>An email as it was sent, with the secret of its link cut out, and what became of it.</summary>
internal sealed class SentEmailPage(MessageHints hints, RegisterTable register, LetterPress press, OrganisationsTable organisations) : PageModel
{
    public Message Message { get; private set; } = null!;

    public RenderedEmail? Copy { get; private set; }

    public OrganisationDirectory Directory { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string mid, CancellationToken stop)
    {
        if (await hints.FindAsync(mid, stop) is not { } place
            || await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is not { } row
            || row.Value.Mid != mid)
        {
            return NotFound();
        }

        Message = row.Value;
        Copy = await press.FindCopyAsync(mid, stop);
        Directory = await organisations.ReadAllAsync(stop);
        return Page();
    }
}
