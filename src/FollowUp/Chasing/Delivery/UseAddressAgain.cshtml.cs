using FollowUp.Access;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Pages;
using FollowUp.Recommendations;
using FollowUp.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>Lets emails go again to an address that was suspended. The task about it is done with that.</summary>
internal sealed class UseAddressAgain(AddressesTable addresses, TasksTable tasks, IClock clock)
{
    public Task<SuspendedAddress?> FindAsync(EmailAddress email, CancellationToken stop) => addresses.FindAsync(email, stop);

    public async Task RunAsync(OrganisationId organisation, EmailAddress email, Actor by, CancellationToken stop)
    {
        await addresses.RestoreAsync(email, stop);
        await tasks.FinishAsync(organisation, Tasks.AddressKey(email), clock.UtcNow, by.Name, stop);
    }
}

/// <summary>Asks once more before a suspended address is used again.</summary>
internal sealed class UseAddressAgainPage(UseAddressAgain use, OrganisationsTable organisations) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Email { get; set; }

    public Organisation Organisation { get; private set; } = null!;

    public Contact Contact { get; private set; } = null!;

    /// <summary>Since when and why; null when it is not suspended any more.</summary>
    public SuspendedAddress? Suspended { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop) => await LoadAsync(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken stop)
    {
        if (!await LoadAsync(id, stop))
        {
            return NotFound();
        }

        await use.RunAsync(Organisation.Id, Contact.Email, User.AsActor(), stop);
        return this.RedirectWithSuccess($"/staff/organisations/{Organisation.Id}", $"Emails go to {Contact.Email} again");
    }

    private async Task<bool> LoadAsync(string text, CancellationToken stop)
    {
        if (!OrganisationId.TryParse(text, null, out var id) || !EmailAddress.TryParse(Email, null, out var email)
            || await organisations.FindAsync(id, stop) is not { Value: var organisation } || organisation.Contacts.FirstOrDefault(c => c.Email == email) is not { } contact)
        {
            return false;
        }

        (Organisation, Contact, Suspended) = (organisation, contact, await use.FindAsync(email, stop));
        return true;
    }
}
