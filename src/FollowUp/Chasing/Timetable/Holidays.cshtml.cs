using System.Globalization;
using FollowUp.Deadlines;
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

    /// <summary>How many changes are left out, since their rows cannot be read.</summary>
    public int Unreadable { get; private set; }

    public DateOnly Today { get; } = clock.UtcNow.LondonDate();

    public int Year => int.TryParse(Wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && Years.Contains(year) ? year : Today.Year;

    public IReadOnlyList<int> Years { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Edited = await calendars.EditedAsync(stop);
        Calendar = CalendarTable.With(Edited);
        var unreadable = new List<UnreadableRow>();
        History = await history.LatestAsync(SettingsHistory.Holidays, MostShown, unreadable, stop);
        Unreadable = unreadable.Count;
        Years = [.. Calendar.Holidays.Select(h => h.Day.Year).Concat(Edited.Select(e => e.Day.Year)).Append(Today.Year).Distinct().Order()];
    }

    /// <summary>Where a day comes from.</summary>
    public string SourceOf(DateOnly day) => Edited.FirstOrDefault(e => e.Day == day) is { } edited
        ? $"Added by {edited.By ?? "staff"}{(edited.At is { } at ? $", {at.InWords()}" : "")}: {edited.Source ?? "no source given"}"
        : BankHoliday.Published.FirstOrDefault(h => h.Date == day)?.Notes is { Length: > 0 } notes ? $"GOV.UK bank holidays ({char.ToLowerInvariant(notes[0])}{notes[1..]})" : "GOV.UK bank holidays";
}
