using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>Asks once more before a link is ended.</summary>
internal sealed class RevokePage(RevokeLink revoke, RegisterTable register, OrganisationsTable organisations) : PageModel
{
    public Link Link { get; private set; } = null!;

    public string Organisation { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string id, string linkId, CancellationToken stop) =>
        await FindAsync(id, linkId, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string linkId, CancellationToken stop)
    {
        if (!await FindAsync(id, linkId, stop))
        {
            return NotFound();
        }

        var outcome = await revoke.RunAsync(Link.OrganisationId, linkId, User.AsActor().Name, stop);
        return outcome.IsRefused(out var refusal, out _)
            ? this.Refuse(refusal)
            : this.RedirectWithSuccess($"/staff/organisations/{Link.OrganisationId}", $"The link sent to {Link.Contact.Name} no longer works");
    }

    private async Task<bool> FindAsync(string id, string linkId, CancellationToken stop)
    {
        if (!OrganisationId.TryParse(id, null, out var organisation)
            || await organisations.FindAsync(organisation, stop) is not { } found
            || await register.FindLinkByIdAsync(organisation, linkId, stop) is not { } row)
        {
            return false;
        }

        (Link, Organisation) = (row.Value, found.Value.Name);
        return true;
    }
}
