using FollowUp.Access;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Organisations;

/// <summary>Adds an organisation to the directory.</summary>
internal sealed class NewOrganisationPage(KeepOrganisation keep, OrganisationsTable organisations) : OrganisationFormPage(organisations)
{
    [BindProperty]
    public string? Id { get; set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        Contacts = [new ContactFields { Role = nameof(ContactRole.Main) }];
    }

    public async Task<IActionResult> OnPostAsync(string? press, CancellationToken stop)
    {
        await LoadAsync(stop);
        if (Rearranged(Press.Read(press)))
        {
            return Page();
        }

        if (!OrganisationId.TryParse(Id?.Trim(), null, out var id))
        {
            this.Explain(Refusal.Invalid(nameof(Id), OrganisationId.Expected));
        }
        else if (Directory.Find(id) is { } existing)
        {
            this.Explain(Refusal.Conflict($"{existing.Name} has this short name already: enter another one", nameof(Id)));
        }
        else if (Directory.IsUnreadable(id))
        {
            this.Explain(Refusal.Conflict("An organisation whose row cannot be read has this short name already: enter another one", nameof(Id)));
        }

        if (!ModelState.IsValid)
        {
            this.Explain(Typed().Read(id, Directory).Refusal, FieldOf);
            return Page();
        }

        var outcome = await keep.RunAsync(id, Typed(), User.AsActor().Name, KeepOrganisation.NotThereYet, stop);
        return outcome.IsRefused(out var refusal, out _)
            ? this.Refuse(refusal, FieldOf)
            : this.RedirectWithSuccess($"/staff/organisations/{id}", "Organisation added");
    }
}
