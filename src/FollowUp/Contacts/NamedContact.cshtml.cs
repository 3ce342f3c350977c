using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Contacts;

/// <summary>A contact that an organisation has named at an address that is not its own: staff agree or refuse.</summary>
internal sealed class NamedContactPage(NominationsTable nominations, OrganisationsTable organisations, DecideNomination decide) : PageModel
{
    public Nomination Nomination { get; private set; } = null!;

    public Organisation Organisation { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, string nomination, CancellationToken stop) => await FindAsync(id, nomination, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string nomination, string? @do, CancellationToken stop)
    {
        if (@do is not ("agree" or "refuse") || !await FindAsync(id, nomination, stop))
        {
            return NotFound();
        }

        var outcome = await decide.RunAsync(Organisation.Id, nomination, @do == "agree", User.AsActor(), stop);
        if (!outcome.IsRefused(out var refusal, out _))
        {
            return this.RedirectWithSuccess("/staff/tasks", @do == "agree" ? $"{Nomination.Contact.Name} is now a contact of {Organisation.Name}" : $"{Nomination.Contact.Name} was refused");
        }

        await FindAsync(id, nomination, stop);
        return this.Refuse(refusal);
    }

    private async Task<bool> FindAsync(string id, string nomination, CancellationToken stop)
    {
        if (!OrganisationId.TryParse(id, null, out var organisation)
            || await organisations.FindAsync(organisation, stop) is not { } found
            || await nominations.FindAsync(organisation, nomination, stop) is not { } row)
        {
            return false;
        }

        (Organisation, Nomination) = (found.Value, row.Value);
        return true;
    }
}
