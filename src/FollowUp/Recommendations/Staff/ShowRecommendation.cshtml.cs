using FollowUp.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>One recommendation: what it says, where it stands and all that has happened.</summary>
internal sealed class ShowRecommendationPage(FindRecommendations find, ReadSituation readSituation, ReadStory readStory) : PageModel
{
    public FoundRecommendation Found { get; private set; } = null!;

    public Situation Situation { get; private set; } = null!;

    public IReadOnlyList<StoryEntry> Story { get; private set; } = [];

    /// <summary>The number of the first event that is not as it was written; null when the record is whole.</summary>
    public int? ChangedAt { get; private set; }

    /// <summary>How many entries of the story are left out, since their rows cannot be read.</summary>
    public int Unreadable { get; private set; }

    public Recommendation State => Found.State;

    public string Address => $"/staff/recommendations/{State.Id}";

    public async Task<IActionResult> OnGetAsync(string inspection, string number, CancellationToken stop)
    {
        if (!RecommendationId.TryParse($"{inspection}/{number}", null, out var id) || await find.FindAsync(id, stop) is not { } found)
        {
            return NotFound();
        }

        Found = found;
        Situation = await readSituation.RunAsync(stop);
        var unreadable = new List<UnreadableRow>();
        (Story, ChangedAt) = await readStory.RunAsync(State, Situation.Directory, unreadable, stop);
        Unreadable = unreadable.Count;
        return Page();
    }
}
