using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Recommendations;

/// <summary>Changes an inspection: all of it while it is a draft, afterwards what the organisations were not asked by.</summary>
internal sealed class ChangeInspectionPage(EditInspection edit, InspectionsTable inspections, ReadSituation readSituation) : InspectionFormPage(readSituation)
{
    /// <summary>What the person has seen.</summary>
    [BindProperty]
    public string? ETag { get; set; }

    public Inspection Inspection { get; private set; } = null!;

    public override bool IsDraft => Inspection.Stage is InspectionStage.Draft or InspectionStage.Scheduled;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is not { } etag)
        {
            return NotFound();
        }

        ETag = etag;
        (Title, Area, Programme, PublishedOn, ReportUrl) = (Inspection.Title, Inspection.Area, Inspection.Programme, Inspection.PublishedOn, Inspection.ReportUrl);
        LeadInspector = new PersonFields { Name = Inspection.LeadInspector.Name, Email = Inspection.LeadInspector.Email.ToString() };
        Recommendations = RecommendationFields.Of((await inspections.RecommendationsAsync(Inspection.Id, stop)).Select(r => r.Value));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, string? press, CancellationToken stop)
    {
        if (await FindAsync(id, stop) is null)
        {
            return NotFound();
        }

        if (IsDraft && Rearranged(Press.Read(press)))
        {
            return Page();
        }

        if (IsDraft && PublishedOn is null)
        {
            // The use case takes a missing date as one to leave alone
            this.Explain(Refusal.Invalid(nameof(PublishedOn), "Enter the publication date"));
        }

        if (!ModelState.IsValid)
        {
            return IsDraft ? ExplainAll() : Page();
        }

        var outcome = await edit.RunAsync(Inspection.Id, Typed(), ETag, stop);
        if (!outcome.IsRefused(out var refusal, out _))
        {
            return this.RedirectWithSuccess($"/staff/inspections/{Inspection.Id}", "Inspection changed");
        }

        if (refusal.Kind == RefusalKind.Stale)
        {
            ETag = await FindAsync(id, stop);
        }

        return this.Refuse(refusal, FieldOf);
    }

    private async Task<string?> FindAsync(string id, CancellationToken stop)
    {
        await LoadAsync(stop);
        if (!InspectionId.TryParse(id, null, out var inspectionId) || await inspections.FindAsync(inspectionId, stop) is not { } row)
        {
            return null;
        }

        Inspection = row.Value;
        return row.ETag.ToString();
    }
}
