using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>A day that somebody wants to add to the bank holidays, or to take out.</summary>
/// <param name="Title">What the day is called; null takes it out.</param>
internal sealed record HolidayForm(DateOnly? Day, string? Title, string? Source, bool TakesOut);

/// <summary>What another calendar would change.</summary>
/// <param name="Moved">The steps still to come that go on another day.</param>
/// <param name="Shortened">The asks that lose a working day; their deadlines stay as they are unless staff extend them.</param>
internal sealed record HolidayPreview(EditedDay Edited, Comparison Comparison, IReadOnlyList<MovedStep> Moved, IReadOnlyList<OpenAsk> Shortened);

/// <summary>Adds a bank holiday or takes one out. Steps still to come move; no deadline does.</summary>
internal sealed class ChangeHolidays(CalendarTable calendars, ReadOutlook read, RefreshAgenda refresh, SettingsHistory history, TasksTable tasks, IClock clock)
{
    private const int LongestTitle = 100;
    private const int LongestSource = 500;

    /// <summary>Shows what it would change; nothing is stored.</summary>
    public async Task<Outcome<HolidayPreview>> PreviewAsync(HolidayForm form, Actor by, CancellationToken stop)
    {
        var asks = await read.ReadAsync(stop);
        var situation = asks.Context.Situation;
        if (Decide(form, situation, by).IsRefused(out var refusal, out var edited))
        {
            return refusal;
        }

        var then = situation with { Calendar = With(await calendars.EditedAsync(stop), edited) };
        return new HolidayPreview(
            edited,
            Comparison.Of(asks, then),
            Comparison.Moves(asks, then),
            edited.Title is null ? [] : [.. asks.All.Where(a => DeadlineCommands.IsShortenedBy(a.State.Ask, edited.Day, then))]);
    }

    public async Task<Outcome<EditedDay>> RunAsync(HolidayForm form, Actor by, CancellationToken stop)
    {
        var asks = await read.ReadAsync(stop);
        var situation = asks.Context.Situation;
        if (Decide(form, situation, by).IsRefused(out var refusal, out var edited))
        {
            return refusal;
        }

        var then = situation with { Calendar = With(await calendars.EditedAsync(stop), edited) };
        await refresh.RunAsync(asks.Under(then), stop);
        var what = edited.Title is { } title ? $"Added {edited.Day.InWords()}, {title}" : $"Took out {edited.Day.InWords()}, {situation.Calendar.WhyNot(edited.Day)}";
        await history.RecordAsync(SettingsHistory.Holidays, new SettingsChange(clock.UtcNow, by.Name, what, edited.Source), stop);
        await (IsAsPublished(edited) ? calendars.ForgetAsync(edited.Day, stop) : calendars.SaveAsync(edited, stop));
        await FinishTaskAsync(situation.Calendar, then, by, stop);
        return edited;
    }

    private Outcome<EditedDay> Decide(HolidayForm form, Situation situation, Actor by)
    {
        var problems = new Problems();
        problems.AddWhen(form.Day is null, "day", "Enter the day");
        var title = form.TakesOut ? null : problems.Text(form.Title, "title", "what the day is called", LongestTitle);
        var source = problems.Text(form.Source, "source", form.TakesOut ? "why it is taken out" : "where it is announced", LongestSource);
        if (form.Day is { } day)
        {
            var whyNot = situation.Calendar.WhyNot(day);
            problems.AddWhen(!form.TakesOut && whyNot is "Saturday" or "Sunday", "day", $"{day.InWords()} is a {whyNot}, which is no working day anyway: enter the substitute day");
            problems.AddWhen(!form.TakesOut && whyNot is not (null or "Saturday" or "Sunday"), "day", $"{day.InWords()} is a holiday already: {whyNot}");
            problems.AddWhen(form.TakesOut && whyNot is null or "Saturday" or "Sunday", "day", $"{day.InWords()} is no bank holiday");
            problems.AddWhen(day < situation.Today.AddYears(-1), "day", "Days that are more than a year ago stay as they are");
            problems.AddWhen(day > situation.Today.AddYears(5), "day", "Enter a day within the next five years");
        }

        return problems.Any ? problems.Refusal : new EditedDay(form.Day!.Value, title, source, by.Name, clock.UtcNow);
    }

    private static WorkingCalendar With(IEnumerable<EditedDay> edited, EditedDay more) => CalendarTable.With([.. edited.Where(e => e.Day != more.Day), more]);

    /// <summary>Whether the day is again as it was published, so that no row is needed.</summary>
    private static bool IsAsPublished(EditedDay edited) => BankHoliday.Published.Any(h => h.Date == edited.Day) == edited.Title is not null
        && (edited.Title is null || BankHoliday.Published.Any(h => h.Date == edited.Day && h.Title == edited.Title));

    /// <summary>The task to add a year's holidays is done when they are known for a year.</summary>
    private async Task FinishTaskAsync(WorkingCalendar before, Situation then, Actor by, CancellationToken stop)
    {
        if (then.Calendar.RunningOut(then.Today) is null)
        {
            await tasks.FinishAsync(OrganisationId.Staff, Tasks.HolidaysKey(before.KnownUntil), clock.UtcNow, by.Name, stop);
        }
    }
}
