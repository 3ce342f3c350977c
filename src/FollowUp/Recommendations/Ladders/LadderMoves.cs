using FollowUp.Deadlines;

namespace FollowUp.Recommendations;

/// <summary>What becomes of an ask on the ladder: a step is taken, called back, or has reached somebody.</summary>
public static class LadderMoves
{
    /// <summary>The ask after a step: the claim to it.</summary>
    public static Ask Taken(Ladder ladder, Ask ask, LadderStep step, DateOnly today, DateTimeOffset now) => ask with
    {
        Ladder = ask.Ladder with
        {
            LastStep = step.Number,
            DecidedAt = now,
            StepsAfter = step.IsNotice ? today : ask.Ladder.StepsAfter,
            LastOverdueOn = step.Offset > 0 ? today : ask.Ladder.LastOverdueOn,
            Awaits = step.Number,
            Rests = step.Number == ladder.Steps[^1].Number,
        },
    };

    /// <summary>The step that nobody has got yet; null when there is none.</summary>
    public static LadderStep? Underway(Ladder ladder, Ask ask) => ask.IsOpen && ask.Ladder.Awaits == ask.Ladder.LastStep ? ladder.Find(ask.Ladder.Awaits) : null;

    /// <summary>The ask before its last step, which nobody has got yet: what was planned for it falls, and it is decided again.</summary>
    public static Ask CalledBack(Ladder ladder, Ask ask, WorkingCalendar calendar) => ask with
    {
        Ladder = ask.Ladder with
        {
            LastStep = ask.Ladder.LastStep <= ladder.Notice.Number
                ? LadderRule.NoStep
                : ladder.StepsOf(ask, calendar).Select(s => s.Step.Number).Where(n => n < ask.Ladder.LastStep).DefaultIfEmpty(ladder.Notice.Number).Max(),

            // Whenever it is decided again, the step before lies as far back as it did now, or further
            LastOverdueOn = null,
            Awaits = null,
            Rests = false,
        },
    };

    /// <summary>The ask of which no step is left: it rests with staff.</summary>
    public static Ask Ended(Ask ask) => ask with { Ladder = ask.Ladder with { Rests = true } };

    /// <summary>The ask after an email about it was accepted for delivery; the same ask when that changes nothing.</summary>
    /// <param name="ladder">The steps.</param>
    /// <param name="ask">The ask that the email was about.</param>
    /// <param name="step">The step that the email took; null for the letter that opened the ask or changed it.</param>
    /// <param name="warns">Whether it told the organisation's own contacts before anything overdue.</param>
    /// <param name="on">The day of acceptance.</param>
    public static Ask Accepted(Ladder ladder, Ask ask, int? step, bool warns, DateOnly on)
    {
        var position = ask.Ladder;
        if (step > position.LastStep)
        {
            // It was called back when it had left already
            position = position with { LastStep = step.Value, Awaits = step, Rests = step == ladder.Steps[^1].Number };
        }

        if (position.Awaits is { } awaited && awaited == (step ?? ladder.Notice.Number))
        {
            position = position with
            {
                Awaits = null,

                // What fell between the planning of a notice and the day on which it left does not come after it
                StepsAfter = awaited == ladder.Notice.Number ? LadderRule.Later(LadderRule.StepsAfter(ask), on) : position.StepsAfter,
            };
        }

        position = Apart(ladder, position, step, on);
        if (warns && position.FirstAcceptedOn is null)
        {
            position = position with { FirstAcceptedOn = on };
        }

        return position == ask.Ladder ? ask : ask with { Ladder = position };
    }

    /// <summary>The ask after an email about it of which nobody knows whether it arrived; the same ask when that changes nothing.</summary>
    public static Ask Doubted(Ladder ladder, Ask ask, int? step, DateOnly on) => ask with { Ladder = Apart(ladder, ask.Ladder, step, on) };

    /// <summary>
    /// The ask after an email about it that nobody is known to have, and nobody else gets: the ladder goes on. Of a notice
    /// that nobody had, no day counts: what fell due since the opening comes now.
    /// </summary>
    public static Ask GivenUp(Ladder ladder, Ask ask, int? step, DateOnly on)
    {
        if (step > ask.Ladder.LastStep)
        {
            // Called back meanwhile: it is decided again
            return ask;
        }

        var position = Apart(ladder, ask.Ladder, step, on);
        var isUntold = ask.Version == ask.OpenedAs && position.Awaits == ladder.Notice.Number;
        return ask with
        {
            Ladder = position.Awaits == (step ?? ladder.Notice.Number)
                ? position with { Awaits = null, StepsAfter = isUntold ? ask.OpenedOn : position.StepsAfter }
                : position,
        };
    }

    /// <summary>Whoever has a step last has the next one as long after it as everybody else.</summary>
    private static LadderPosition Apart(Ladder ladder, LadderPosition position, int? step, DateOnly on) =>
        step == position.LastStep && ladder.Find(step)?.Offset > 0
            ? position with { LastOverdueOn = LadderRule.Later(position.LastOverdueOn ?? on, on) }
            : position;

    /// <summary>The ask after a step that is taken and accepted on the same day: what will be, if nothing goes wrong.</summary>
    /// <param name="ladder">The steps.</param>
    /// <param name="ask">The ask before it.</param>
    /// <param name="step">The step.</param>
    /// <param name="on">The day.</param>
    /// <param name="reachesOwn">Whether it reaches anybody of the organisation itself.</param>
    public static Ask Foreseen(Ladder ladder, Ask ask, LadderStep step, DateOnly on, bool reachesOwn = true) =>
        Accepted(ladder, Taken(ladder, ask, step, on, default), step.Number, warns: reachesOwn && (step.IsNotice || step.IsReminder), on);
}
