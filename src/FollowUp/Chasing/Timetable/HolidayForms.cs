using System.ComponentModel.DataAnnotations;
using FollowUp.Access;
using FollowUp.Deadlines;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

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
        : this.RedirectWithSuccess($"/staff/holidays/{edited.Day.Iso()}/deadlines", $"{edited.Day.InWords()} is a holiday now");
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
        if (Words.ReadIso(text) is not { } day || calendar.Holidays.FirstOrDefault(h => h.Day == day).Title is not { } title)
        {
            return false;
        }

        (Day, Title) = (day, title);
        return true;
    }
}
