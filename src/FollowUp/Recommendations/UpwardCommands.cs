namespace FollowUp.Recommendations;

/// <summary>
/// Holding back, for a while, the upward emails about one recommendation: to the organisation’s director, to the
/// organisation above it and to the level above that. The steps before them go on, and no deadline moves.
/// </summary>
public static class UpwardCommands
{
    /// <summary>A hold ends by itself after so many working days at the latest.</summary>
    public const int MostHeldWorkingDays = 20;

    private const int LongestReason = 1000;

    /// <summary>The next upward step, and the day on which it would go; null when none is to come, as about an organisation that has ended. One that is planned and has reached nobody yet is still to come.</summary>
    public static (LadderStep Step, DateOnly On)? Next(Recommendation state, Situation situation)
    {
        if (Planned(state, situation) is { } planned)
        {
            return (planned, situation.Today);
        }

        if (!state.Ask.IsOpen || state.Ask.Ladder.Rests || situation.Directory.Find(state.OrganisationId)?.HasEndedOn(situation.Today) == true)
        {
            return null;
        }

        var after = state.Ask.Ladder.StepsAfter ?? state.Ask.OpenedOn;
        var coming = situation.Ladder.StepsOf(state.Ask, situation.Calendar).FirstOrDefault(s => s.Step.IsUpward && s.Step.Number > state.Ask.Ladder.LastStep && s.On > after);
        return coming.Step is null ? null : coming;
    }

    /// <summary>Holds it back up to and including a day; then it goes on by itself.</summary>
    public static Outcome<Change> Hold(Recommendation state, Situation situation, DateOnly? until, string? reason)
    {
        if (Next(state, situation) is null)
        {
            return Refusal.Conflict($"No upward email about recommendation {state.Id} is to come, so there is nothing to hold.");
        }

        var problems = new Problems();
        var longest = situation.Calendar.Add(situation.Today, MostHeldWorkingDays);
        problems.AddWhen(until is null, "until", "Enter the last day of the hold");
        problems.AddWhen(until <= situation.Today, "until", $"The last day of the hold must be after today, {situation.Today.InWords()}");
        problems.AddWhen(until > longest, "until", $"A hold lasts at most {MostHeldWorkingDays} working days: enter {longest.InWords()} or earlier");
        var why = problems.Text(reason, "reason", "the reason for the hold", LongestReason);
        if (problems.Any)
        {
            return problems.Refusal;
        }

        return new Change(
            With(CalledBack(state, situation), until, why),
            [new NewEvent(EventTypes.UpwardHeld, new { until, reason = why })],
            Change.NoLetters);
    }

    /// <summary>Lets it leave again.</summary>
    public static Outcome<Change> Release(Recommendation state, Situation situation) =>
        state.Ask.IsUpwardHeldOn(situation.Today)
            ? new Change(With(state, null, null), [new NewEvent(EventTypes.UpwardReleased, new { until = state.Ask.Ladder.UpwardHeldUntil })], Change.NoLetters)
            : Refusal.Conflict("No upward email is held, so there is nothing to release.");

    /// <summary>The upward step that is planned and has reached nobody yet.</summary>
    private static LadderStep? Planned(Recommendation state, Situation situation) =>
        LadderMoves.Underway(situation.Ladder, state.Ask) is { IsUpward: true } step ? step : null;

    private static Recommendation CalledBack(Recommendation state, Situation situation) =>
        Planned(state, situation) is null ? state : state with { Ask = LadderMoves.CalledBack(situation.Ladder, state.Ask, situation.Calendar) };

    private static Recommendation With(Recommendation state, DateOnly? until, string? why) =>
        state with { Ask = state.Ask with { Ladder = state.Ask.Ladder with { UpwardHeldUntil = until, UpwardHeldBecause = why } } };
}
