using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>Shows who will get what before an inspection is issued, and issues it.</summary>
internal sealed class IssuePage(ReadInspection read, IssueInspection issue) : PageModel
{
    public ReadableInspection View { get; private set; } = null!;

    public IEnumerable<IGrouping<OrganisationId, InspectedRecommendation>> ByOrganisation => View.Recommendations.GroupBy(r => r.Draft.OrganisationId);

    /// <summary>Whether nothing stands in the way.</summary>
    public bool IsPossible => IssueRule.WhyNot([.. View.Drafts], View.Situation.Directory, View.IssueOn) is null;

    public bool IsBeforePublication => View.Inspection.PublishedOn > View.Situation.Today;

    public IEnumerable<Contact> MainContacts(OrganisationId id) => View.Situation.Directory.Find(id)?.ContactsOn(View.IssueOn, ContactRole.Main) ?? [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await read.RunAsync(id, stop) is not { } view)
        {
            return NotFound();
        }

        View = view;
        if (view.Inspection.Stage == InspectionStage.Issued)
        {
            return this.SeeOther($"/staff/inspections/{view.Inspection.Id}");
        }

        this.Explain(IssueRule.WhyNot([.. view.Drafts], view.Situation.Directory, view.IssueOn));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken stop)
    {
        if (await read.RunAsync(id, stop) is not { } view)
        {
            return NotFound();
        }

        View = view;
        var outcome = await issue.RunAsync(view.Inspection.Id, User.AsActor(), stop);
        return outcome.IsRefused(out var refusal, out var issued)
            ? this.Refuse(refusal)
            : this.RedirectWithSuccess($"/staff/inspections/{issued.Id}", issued.Stage == InspectionStage.Scheduled
                ? $"The recommendations will be issued on {issued.PublishedOn.InWords()}"
                : "Recommendations issued");
    }
}
