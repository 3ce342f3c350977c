using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Reviews;

/// <summary>Everything that staff have to judge or decide, the longest waiting first.</summary>
internal sealed class AwaitingReviewPage(FindRecommendations find, ReadSituation readSituation) : PageModel
{
    public const int Most = 200;

    public IReadOnlyList<FoundRecommendation> Waiting { get; private set; } = [];

    /// <summary>How many rows cannot be read, and so are left out.</summary>
    public int Unreadable { get; private set; }

    public Situation Situation { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        var found = await find.AwaitingReviewAsync(Most, stop);
        (Waiting, Unreadable) = (found.Items, found.Unreadable);
    }
}
