using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>All inspections, the latest first.</summary>
internal sealed class InspectionsPage(InspectionsTable inspections) : PageModel
{
    public IReadOnlyList<Inspection> Inspections { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var all = new List<Inspection>();
        await foreach (var inspection in inspections.AllAsync(stop))
        {
            all.Add(inspection);
        }

        Inspections = [.. all.OrderByDescending(i => i.PublishedOn).ThenBy(i => i.Title, StringComparer.Ordinal)];
    }
}
