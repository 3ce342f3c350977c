using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>Sends again what did not arrive: to the same address, or to a new one that takes its place in the directory.</summary>
internal sealed class SendAgainPage(SendAgain sendAgain, OrganisationsTable organisations) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public StaffTask Task { get; private set; } = null!;

    public Message Failed { get; private set; } = null!;

    public OrganisationDirectory Directory { get; private set; } = null!;

    private OrganisationId? Of => OrganisationId.TryParse(Organisation, null, out var id) ? id : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        (Name, Email) = (Failed.Recipient.Name, Failed.Recipient.Email.ToString());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!await LoadAsync(stop))
        {
            return NotFound();
        }

        var outcome = await sendAgain.RunAsync(Of, Key, Name, Email, User.AsActor(), stop);
        return outcome.IsRefused(out var refusal, out _) ? this.Refuse(refusal) : this.RedirectWithSuccess("/staff/tasks", $"The email goes to {Email ?? Failed.Recipient.Email.ToString()} again, at once or on the next working day");
    }

    private async Task<bool> LoadAsync(CancellationToken stop)
    {
        if (await sendAgain.FindEmailAsync(Of, Key, stop) is not var (task, failed))
        {
            return false;
        }

        (Task, Failed, Directory) = (task.Value, failed.Value, await organisations.ReadAllAsync(stop));
        return true;
    }
}
