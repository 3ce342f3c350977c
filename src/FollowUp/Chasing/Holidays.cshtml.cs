using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FollowUp.Access;
using FollowUp.Deadlines;
using FollowUp.Pages;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>The bank holidays by year, with where each comes from.</summary>
internal sealed class HolidaysPage(CalendarTable calendars, SettingsHistory history, IClock clock) : PageModel
{
    private const int MostShown = 20;

    [BindProperty(SupportsGet = true, Name = "year")]
    public string? Wanted { get; set; }

    public WorkingCalendar Calendar { get; private set; } = null!;

    public IReadOnlyList<EditedDay> Edited { get; private set; } = [];

    public IReadOnlyList<SettingsChange> History { get; private set; } = [];

    public DateOnly Today { get; } = clock.UtcNow.LondonDate();

    public int Year => int.TryParse(Wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && Years.Contains(year) ? year : Today.Year;

    public IReadOnlyList<int> Years { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Calendar = await calendars.ReadAsync(stop);
        Edited = await calendars.EditedAsync(stop);
        History = await history.LatestAsync(SettingsHistory.Holidays, MostShown, stop);
        Years = [.. Calendar.Holidays.Select(h => h.Day.Year).Concat(Edited.Select(e => e.Day.Year)).Append(Today.Year).Distinct().Order()];
    }

    /// <summary>Where a day comes from.</summary>
    public string SourceOf(DateOnly day) => Edited.FirstOrDefault(e => e.Day == day) is { } edited
        ? $"Added by {edited.By ?? "staff"}{(edited.At is { } at ? $", {at.InWords()}" : "")}: {edited.Source ?? "no source given"}"
        : BankHoliday.Published.FirstOrDefault(h => h.Date == day)?.Notes is { Length: > 0 } notes ? $"GOV.UK bank holidays ({char.ToLowerInvariant(notes[0])}{notes[1..]})" : "GOV.UK bank holidays";
}

/// <summary>A day is typed, what it changes is shown, and then it is added or taken out.</summary>
internal abstract class HolidayFormPage(ChangeHolidays change) : PageModel
{
    [BindProperty]
    public string? Source { get; set; }

    public HolidayPreview? Preview { get; private set; }

    protected abstract HolidayForm Typed { get; }

    protected async Task<IActionResult> SubmitAsync(string? press, CancellationToken stop)
    {
        switch (Press.Read(press).Name)
        {
            case "back":
                return Page();
            case "confirm":
                var outcome = await change.RunAsync(Typed, User.AsActor(), stop);
                return outcome.IsRefused(out var refusal, out var edited) ? this.Refuse(refusal) : Saved(edited);
            default:
                var shown = await change.PreviewAsync(Typed, User.AsActor(), stop);
                if (!ModelState.IsValid || shown.Refusal is not null)
                {
                    return this.Refuse(shown.Refusal ?? new Refusal(RefusalKind.Invalid, []));
                }

                Preview = shown.Value;
                return Page();
        }
    }

    private IActionResult Saved(EditedDay edited) => edited.Title is null
        ? this.RedirectWithSuccess($"/staff/holidays?year={edited.Day.Year}", $"{edited.Day.InWords()} counts as a working day now")
        : this.RedirectWithSuccess($"/staff/holidays/{edited.Day:yyyy-MM-dd}/deadlines", $"{edited.Day.InWords()} is a holiday now");
}

internal sealed class AddHolidayPage(ChangeHolidays change) : HolidayFormPage(change)
{
    [BindProperty, Display(Name = "Day")]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    protected override HolidayForm Typed => new(Day, Title, Source, TakesOut: false);

    public Task<IActionResult> OnPostAsync(string? press, CancellationToken stop) => SubmitAsync(press, stop);
}

internal sealed class RemoveHolidayPage(ChangeHolidays change, CalendarTable calendars) : HolidayFormPage(change)
{
    public DateOnly Day { get; private set; }

    public string Title { get; private set; } = "";

    protected override HolidayForm Typed => new(Day, null, Source, TakesOut: true);

    public async Task<IActionResult> OnGetAsync(string day, CancellationToken stop) => await FindAsync(day, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string day, string? press, CancellationToken stop) => await FindAsync(day, stop) ? await SubmitAsync(press, stop) : NotFound();

    private async Task<bool> FindAsync(string text, CancellationToken stop)
    {
        var calendar = await calendars.ReadAsync(stop);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || calendar.Holidays.FirstOrDefault(h => h.Day == day).Title is not { } title)
        {
            return false;
        }

        (Day, Title) = (day, title);
        return true;
    }
}

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
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        Day = day;
        (Situation, Shortened) = await allow.FindAsync(day, stop);
        return !Situation.Calendar.IsWorkingDay(day);
    }
}
