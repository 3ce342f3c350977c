using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>Where staff begin: what is late, what is due soon, and what waits for them.</summary>
internal sealed class StaffHomePage(FindRecommendations find, TasksTable tasks, ReadSituation readSituation) : PageModel
{
    public const int SoonWorkingDays = 10;
    private const int Most = 500;

    public Situation Situation { get; private set; } = null!;

    public IReadOnlyList<FoundRecommendation> Late { get; private set; } = [];

    public IReadOnlyList<FoundRecommendation> Soon { get; private set; } = [];

    public int AwaitingReview { get; private set; }

    public int Tasks { get; private set; }

    /// <summary>How many rows cannot be read, and so are left out.</summary>
    public int Unreadable { get; private set; }

    public string? CalendarWarning => Situation.Calendar.RunningOut(Situation.Today);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        var reviewing = find.AwaitingReviewAsync(Most, stop);
        var remaining = tasks.CountOpenAsync(stop);
        var open = await find.OpenByDeadlineAsync(Most, stop);
        var soon = Situation.Calendar.Add(Situation.Today, SoonWorkingDays);
        Late = [.. open.Items.Where(r => r.State.IsOverdueOn(Situation.Today, Situation.Calendar))];
        Soon = [.. open.Items.Where(r => !r.State.Ask.IsPausedOn(Situation.Today) && r.State.Ask.DueBy(Situation.Today, Situation.Calendar) is var dueOn && dueOn >= Situation.Today && dueOn <= soon)];
        (AwaitingReview, Tasks, Unreadable) = ((await reviewing).Items.Count, await remaining, Math.Max(open.Unreadable, (await reviewing).Unreadable));
    }
}
