using FollowUp.Deadlines;

namespace FollowUp.Recommendations;

/// <summary>Moving the deadline of an ask: extension, pause and its end. The original deadline always stays on record.</summary>
public static class DeadlineCommands
{
    /// <summary>
    /// Gives more time, with a reason. Only steps dated after today count from then on. A pause goes on: the organisation was
    /// told in writing how long nobody chases it. The new deadline allows for it, so its end moves the deadline no more.
    /// </summary>
    public static Outcome<Change> Extend(Recommendation state, Situation situation, DateOnly? dueOn, string? reason)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "the reason for the new deadline", 1000);
        RequireOpen(problems, state, "extended");
        var pausedUntil = state.Ask.IsPausedOn(situation.Today) ? state.Ask.PausedUntil : null;
        var present = state.Ask.DueBy(pausedUntil ?? situation.Today, situation.Calendar);
        problems.AddWhen(dueOn is null, "dueOn", "Enter the new deadline");
        problems.AddWhen(dueOn <= situation.Today, "dueOn", $"The new deadline must be after today, {situation.Today.InWords()}");
        if (pausedUntil is { } until)
        {
            var then = present >= until ? $", and the deadline is {present.InWords()} when the pause has lasted to its end" : "";
            problems.AddWhen(dueOn > situation.Today && dueOn <= Later(until, present), "dueOn", $"It is paused until {until.InWords()}{then}: enter a later date, or resume chasing first");
        }
        else
        {
            problems.AddWhen(dueOn > situation.Today && dueOn < present, "dueOn", $"The new deadline must be after the present one, {present.InWords()}");
            problems.AddWhen(dueOn > situation.Today && dueOn == present, "dueOn", $"The deadline is {present.InWords()} already: enter another date");
        }

        problems.AddWhen(dueOn > situation.Today.AddYears(2), "dueOn", "The new deadline must be within two years");
        if (problems.Any)
        {
            return problems.Refusal;
        }

        var (from, to) = (pausedUntil is null ? present : state.Ask.DueOn, dueOn!.Value);
        return new Change(
            state with { Ask = Moved(state.Ask, to, situation) with { PausedOn = null, PausedUntil = pausedUntil, Given = new GivenDeadline(to, situation.Today) }, TimeRequest = null },
            [new NewEvent(EventTypes.Extended, new { from, to, original = state.Ask.OriginalDueOn, reason = why, pausedUntil })],
            Tell(state, situation, Letters.Of(new Letters.Extended(state.Id, state.Text, from, to, why, pausedUntil)), state.TimeRequest?.Askers));
    }

    /// <summary>Gives back the working day that a holiday has taken which was not known when the deadline was set.</summary>
    public static Outcome<Change> AllowFor(Recommendation state, Situation situation, DateOnly holiday, string? reason)
    {
        if (!IsShortenedBy(state.Ask, holiday, situation))
        {
            return Refusal.Conflict($"The deadline of recommendation {state.Id} does not need to move for {holiday.InWords()} any more.");
        }

        return Extend(state, situation, situation.Calendar.Add(state.Ask.DueOn, 1), reason).IsRefused(out var refusal, out var change)
            ? refusal
            : change with
            {
                State = change.State with
                {
                    Ask = change.State.Ask with { AllowedFor = [.. state.Ask.AllowedFor, holiday], Given = state.Ask.Given },
                    // A day that is given back is no answer to a request for more
                    TimeRequest = state.TimeRequest?.All.Any(request => request.DueOn > change.State.Ask.DueOn) == true ? state.TimeRequest : null,
                },
            };
    }

    /// <summary>Whether a holiday takes a working day from the time that an ask gives, and nobody has given it back.</summary>
    public static bool IsShortenedBy(Ask ask, DateOnly holiday, Situation situation) =>
        ask is { IsOpen: true, PausedUntil: null } && ask.DueOn >= situation.Today && ask.OpenedOn < holiday && holiday <= ask.DueOn && !ask.AllowedFor.Contains(holiday);

    /// <summary>Stops chasing up to and including a day; then it goes on by itself.</summary>
    public static Outcome<Change> Pause(Recommendation state, Situation situation, DateOnly? until, string? reason)
    {
        var problems = new Problems();
        var why = problems.Text(reason, "reason", "the reason for the pause", 1000);
        RequireOpen(problems, state, "paused");
        problems.AddWhen(state.Ask.PausedUntil is not null, "", "It is paused already: resume it first");
        problems.AddWhen(until is null, "until", "Enter the last day of the pause");
        problems.AddWhen(until <= situation.Today, "until", $"The last day of the pause must be after today, {situation.Today.InWords()}");
        var longest = situation.Calendar.Add(situation.Today, DeadlineRule.MostPausedWorkingDays);
        problems.AddWhen(until > longest, "until", $"A pause lasts at most {DeadlineRule.MostPausedWorkingDays} working days: enter {longest.InWords()} or earlier");
        if (problems.Any)
        {
            return problems.Refusal;
        }

        return new Change(
            state with { Ask = Again(state.Ask, situation) with { PausedOn = situation.Today, PausedUntil = until, Version = state.Ask.Version + 1 } },
            [new NewEvent(EventTypes.Paused, new { until, reason = why })],
            Tell(state, situation, Letters.Of(new Letters.Paused(state.Id, state.Text, until!.Value, why, state.Ask.DueOn, After(state.Ask, situation.Today, until.Value, situation.Calendar)))));
    }

    /// <summary>Goes on with chasing: the deadline moves by the working days that the pause has lasted, unless it was given during the pause.</summary>
    public static Outcome<Change> Resume(Recommendation state, Situation situation)
    {
        if (state.Ask is not { IsOpen: true, PausedUntil: { } until })
        {
            return Refusal.Conflict("It is not paused, so there is nothing to resume.");
        }

        var lastPaused = until < situation.Today ? until : situation.Today;
        var pausedOn = state.Ask.PausedOn ?? lastPaused;
        var lasted = situation.Calendar.Between(pausedOn, lastPaused);
        var to = After(state.Ask, pausedOn, lastPaused, situation.Calendar);
        return new Change(
            state with { Ask = Moved(state.Ask, to, situation, lastPaused) with { PausedOn = null, PausedUntil = null } },
            [new NewEvent(EventTypes.Resumed, new { from = state.Ask.DueOn, to, workingDays = lasted })],
            Tell(state, situation, Letters.Of(new Letters.Resumed(state.Id, state.Text, to, state.Ask.DueOn))));
    }

    /// <summary>The deadline after a pause: moved by the working days that it lasted.</summary>
    private static DateOnly After(Ask ask, DateOnly pausedOn, DateOnly until, WorkingCalendar calendar) =>
        calendar.Between(pausedOn, until) is var lasted and > 0 ? calendar.Add(ask.DueOn, lasted) : ask.DueOn;

    /// <summary>The ask with another deadline: a notice that has gone stays gone, and steps count that fall after today, or after a day before it.</summary>
    private static Ask Moved(Ask ask, DateOnly dueOn, Situation situation, DateOnly? stepsAfter = null)
    {
        var again = Again(ask, situation);
        return again with
        {
            DueOn = dueOn,
            Version = ask.Version + 1,
            Ladder = again.Ladder with { LastStep = Math.Min(again.Ladder.LastStep, situation.Ladder.Notice.Number), StepsAfter = stepsAfter ?? situation.Today, Awaits = null, Rests = false },
        };
    }

    /// <summary>The ask as it is, but that a notice on its way is planned again: it must tell of what has changed.</summary>
    private static Ask Again(Ask ask, Situation situation) =>
        LadderRule.IsUntold(situation.Ladder, ask) ? LadderMoves.CalledBack(situation.Ladder, ask, situation.Calendar) : ask;

    /// <summary>The letter to the main contacts; none where nobody has had the notice yet, which is the first email of an ask and tells of the deadline as it is by then.</summary>
    private static IReadOnlyList<LetterToSend> Tell(Recommendation state, Situation situation, Letter letter, IEnumerable<Answerer>? whoAsked = null) =>
        LadderRule.IsUntold(situation.Ladder, state.Ask) ? Change.NoLetters : [new LetterToSend(MessageKind.Change, letter, For: whoAsked)];

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static void RequireOpen(Problems problems, Recommendation state, string what) =>
        problems.AddWhen(!state.Ask.IsOpen, "", $"Nothing is owed on recommendation {state.Id} at the moment, so there is no deadline that could be {what}");
}
