using FollowUp.Access;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Organisations;

/// <summary>Changes an organisation and its contacts.</summary>
internal sealed class ChangeOrganisationPage(KeepOrganisation keep, OrganisationsTable organisations) : OrganisationFormPage(organisations)
{
    private readonly OrganisationsTable organisations = organisations;

    /// <summary>What the person has seen.</summary>
    [BindProperty]
    public string? ETag { get; set; }

    public Organisation Present { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is not { } etag)
        {
            return NotFound();
        }

        ETag = etag;
        Fill(Present);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? press, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is not { } present)
        {
            return NotFound();
        }

        if (Rearranged(Press.Read(press)))
        {
            return Page();
        }

        if (!ModelState.IsValid)
        {
            this.Explain(Typed().Read(Present.Id, Directory).Refusal, FieldOf);
            return Page();
        }

        var outcome = await keep.RunAsync(Present.Id, Typed(), User.AsActor().Name, ETag, stop);
        if (!outcome.IsRefused(out var refusal, out _))
        {
            return this.RedirectWithSuccess($"/staff/organisations/{Present.Id}", "Organisation changed");
        }

        if (refusal.Kind == RefusalKind.Stale)
        {
            ETag = present;
        }

        return this.Refuse(refusal, FieldOf);
    }

    private async Task<string?> FindAsync(string text, CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!OrganisationId.TryParse(text, null, out var id) || await organisations.FindAsync(id, stop) is not { } row)
        {
            return null;
        }

        Present = row.Value;
        return row.ETag.ToString();
    }
}
