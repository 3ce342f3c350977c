using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>The steps of chasing that hold, and those that held before.</summary>
internal sealed class LadderPage(LadderTable ladders) : PageModel
{
    public Ladder Ladder { get; private set; } = null!;

    public IReadOnlyList<LadderVersion> Versions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var versions = await ladders.VersionsAsync(stop);
        (Ladder, Versions) = (LadderTable.Of(versions), [.. versions.Reverse()]);
    }
}
