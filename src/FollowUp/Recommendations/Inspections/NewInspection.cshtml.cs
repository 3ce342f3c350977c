using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Recommendations;

/// <summary>Registers an inspection with its recommendations.</summary>
internal sealed class NewInspectionPage(RegisterInspection register, ReadSituation readSituation) : InspectionFormPage(readSituation)
{
    public async Task OnGetAsync(CancellationToken stop)
    {
        await LoadAsync(stop);
        Recommendations = [new RecommendationFields()];
    }

    public async Task<IActionResult> OnPostAsync(string? press, CancellationToken stop)
    {
        await LoadAsync(stop);
        if (Rearranged(Press.Read(press)))
        {
            return Page();
        }

        if (!ModelState.IsValid)
        {
            return ExplainAll();
        }

        var outcome = await register.RunAsync(Typed(), FormId, stop);
        return outcome.IsRefused(out var refusal, out var registered)
            ? this.Refuse(refusal, FieldOf)
            : this.RedirectWithSuccess($"/staff/inspections/{registered.Inspection.Id}", registered.Repeated ? "This inspection was registered already" : "Inspection registered as a draft");
    }
}
