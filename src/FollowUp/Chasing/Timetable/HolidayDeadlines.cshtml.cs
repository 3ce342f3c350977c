using FollowUp.Access;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>Offers to extend every deadline that a holiday shortens. Deadlines never move by themselves.</summary>
internal sealed class HolidayDeadlinesPage(AllowForHoliday allow) : PageModel
{
    [BindProperty]
    public List<string> Recommendations { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public DateOnly Day { get; private set; }

    public Situation Situation { get; private set; } = null!;

    public IReadOnlyList<OpenAsk> Shortened { get; private set; } = [];

    /// <summary>What the last press did not extend, and why.</summary>
    public IReadOnlyList<string> Refused { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string day, CancellationToken stop)
    {
        if (!await LoadAsync(day, stop))
        {
            return NotFound();
        }

        Recommendations = [.. Shortened.Select(a => a.State.Id.ToString())];
        Reason = $"{Day.InWords()}, {Situation.Calendar.WhyNot(Day)}, has become a holiday.";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string day, CancellationToken stop)
    {
        if (!await LoadAsync(day, stop))
        {
            return NotFound();
        }

        var outcome = await allow.RunAsync(Day, Recommendations, Reason, User.AsActor(), stop);
        if (outcome.IsRefused(out var refusal, out var done))
        {
            return this.Refuse(refusal);
        }

        if (done.Refused.Count == 0)
        {
            return this.RedirectWithSuccess($"/staff/holidays?year={Day.Year}", $"{Words.Count(done.Extended, "deadline")} extended");
        }

        await LoadAsync(day, stop);
        Refused = done.Refused;
        return Page();
    }

    private async Task<bool> LoadAsync(string text, CancellationToken stop)
    {
        if (Words.ReadIso(text) is not { } day)
        {
            return false;
        }

        Day = day;
        (Situation, Shortened) = await allow.FindAsync(day, stop);
        return !Situation.Calendar.IsWorkingDay(day);
    }
}
