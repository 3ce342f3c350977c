using FollowUp.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>All inspections, the latest first.</summary>
internal sealed class InspectionsPage(InspectionsTable inspections) : PageModel
{
    public IReadOnlyList<Inspection> Inspections { get; private set; } = [];

    /// <summary>How many are left out, since their rows cannot be read.</summary>
    public int Unreadable { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var all = await inspections.AllAsync(unreadable, stop);

        Inspections = [.. all.OrderByDescending(i => i.PublishedOn).ThenBy(i => i.Title, StringComparer.Ordinal)];
        Unreadable = unreadable.Count;
    }
}
