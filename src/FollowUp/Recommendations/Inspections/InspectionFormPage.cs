using System.ComponentModel.DataAnnotations;
using FollowUp.Organisations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FollowUp.Recommendations;

/// <summary>The form of an inspection with its recommendations. Its buttons work without JavaScript, and lose nothing that was typed.</summary>
internal abstract class InspectionFormPage(ReadSituation readSituation) : PageModel
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Area { get; set; }

    [BindProperty]
    public string? Programme { get; set; }

    [BindProperty, Display(Name = "Publication date")]
    public DateOnly? PublishedOn { get; set; }

    [BindProperty]
    public string? ReportUrl { get; set; }

    [BindProperty]
    public PersonFields LeadInspector { get; set; } = new();

    [BindProperty]
    public List<RecommendationFields> Recommendations { get; set; } = [];

    [BindProperty]
    public string? FormId { get; set; }

    public Situation Situation { get; private set; } = null!;

    /// <summary>Whether area, publication date and recommendations can still change.</summary>
    public virtual bool IsDraft => true;

    /// <summary>Organisations that can be chosen: those that have not ended, and any that is chosen already.</summary>
    public IEnumerable<SelectListItem> Organisations(string? chosen) =>
        from organisation in Situation.Directory.All
        where !organisation.HasEndedOn(Situation.Today) || organisation.Id.ToString() == chosen
        select new SelectListItem(organisation.Name, organisation.Id.ToString());

    protected async Task LoadAsync(CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        FormId ??= Guid.NewGuid().ToString("n");
    }

    /// <summary>What was typed, as the use cases take it. A field that was emptied counts as empty, not as left alone.</summary>
    protected InspectionForm Typed() => new()
    {
        Title = Title ?? "",
        Programme = Programme ?? "",
        ReportUrl = ReportUrl ?? "",
        LeadInspector = new PersonForm(LeadInspector.Name, LeadInspector.Email),
        Area = IsDraft ? Area ?? "" : null,
        PublishedOn = IsDraft ? PublishedOn : null,
        Recommendations = IsDraft ? [.. Recommendations.Select(r => r.ToForm())] : null,
    };

    /// <summary>Does what a button asks that only changes the form; false when the form is to be saved.</summary>
    protected bool Rearranged(Press press)
    {
        switch (press)
        {
            case { Name: "add" }:
                this.KeepTyping();
                Recommendations.Add(new RecommendationFields());
                return true;
            case { Name: "organisation", Row: var row } when row < Recommendations.Count:
                this.KeepTyping();
                Recommendations[row].OrganisationIds.Add(null);
                return true;
            case { Name: "remove", Row: var row } when row < Recommendations.Count:
                Recommendations.RemoveAt(row);
                this.RemoveTypedRow(nameof(Recommendations), row);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Shows everything that is wrong with a form of which a part could not even be read.</summary>
    protected IActionResult ExplainAll()
    {
        this.Explain(Typed().Read(Situation.Directory, Situation.Calendar, Situation.Today, Situation.Now).Refusal, FieldOf);
        return Page();
    }

    /// <summary>The form's field for a field of the use case: each organisation is a choice of its own.</summary>
    protected static string FieldOf(string field) =>
        field.EndsWith(".organisationId", StringComparison.Ordinal) ? field[..^"organisationId".Length] + "organisationIds[0]" : field;
}
