using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Plays the ladder of one ask forward.</summary>
internal static class OutlookRule
{
    /// <summary>What is planned and waits to be sent, then each step on its day.</summary>
    /// <param name="open">What is owed.</param>
    /// <param name="context">What is known.</param>
    /// <param name="from">The first day on which what is planned for it may leave.</param>
    /// <param name="days">How many days to look ahead.</param>
    /// <param name="planFrom">The first day on which more may be planned; null when it is the same.</param>
    public static IEnumerable<(DateOnly On, LadderStep Step, Recommendation State, IReadOnlyList<Recipient> Recipients)> Play(OpenAsk open, ChaseContext context, DateOnly from, int days, DateOnly? planFrom = null)
    {
        var more = context.SendingDayFrom(planFrom ?? from);
        var (state, organisation, situation, last) = (open.State, open.Organisation, context.Situation, context.Situation.Today.AddDays(days));
        foreach (var underWay in UnderWay(open, context, from, more).Where(u => u.On <= last && !organisation.HasEndedOn(u.On)))
        {
            yield return underWay;
        }

        if (state.Ask.Ladder.Awaits is { } awaited)
        {
            // What is on its way is taken to arrive on the first day on which it can.
            var warns = situation.Ladder.Find(awaited) is { Offset: null or < 0 } && (open.Waiting.Count == 0 || ReachesOwn(open.Waiting.Select(w => w.Recipient)));
            state = state with { Ask = LadderMoves.Accepted(situation.Ladder, state.Ask, awaited, warns, context.SendingDayFrom(from)) };
        }

        for (var day = more; day <= last; day = context.SendingDayFrom(day.AddDays(1)))
        {
            if (organisation.HasEndedOn(day))
            {
                yield break;
            }

            if (state.Ask.PausedUntil < day)
            {
                var resumed = DeadlineCommands.Resume(state, situation with { Today = day });
                state = resumed.Value?.State ?? state;
            }

            if (LadderRule.Decide(situation.Ladder, state.Ask, day, situation.Calendar).Due is not { } step)
            {
                continue;
            }

            var audience = AudienceOf(open, step, context, day);
            var recipients = audience.Recipients;
            if (audience.Hidden || state.Ask.IsUpwardHeldOn(day) && recipients.All(step.IsUpwardTo) || open.HasHadToday(recipients, day))
            {
                continue;
            }

            yield return (day, step, state, recipients);
            state = state with { Ask = LadderMoves.Foreseen(situation.Ladder, state.Ask, step, day, ReachesOwn(recipients)) };
        }
    }

    private static Audience AudienceOf(OpenAsk open, LadderStep step, ChaseContext context, DateOnly day) =>
        Audience.Of(step, open.Organisation, context.Situation.Directory, open.Inspection.LeadInspector, context.Mailbox, context.Suspended, day);

    /// <summary>The step that is planned, for those whom it has not left to yet, on the days on which it can.</summary>
    private static IEnumerable<(DateOnly On, LadderStep Step, Recommendation State, IReadOnlyList<Recipient> Recipients)> UnderWay(OpenAsk open, ChaseContext context, DateOnly first, DateOnly more)
    {
        var ladder = open.State.Ask.Ladder;
        if (context.Situation.Ladder.Find(ladder.LastStep) is not { } step)
        {
            return [];
        }

        return
            from waiting in open.Waiting
            let heldTo = step.IsUpwardTo(waiting.Recipient) ? ladder.UpwardHeldUntil?.AddDays(1) : null
            let earliest = waiting.On < context.Situation.Today ? more : first
            group waiting.Recipient by context.SendingDayFrom(new[] { earliest, waiting.On, heldTo ?? first }.Max()) into day
            orderby day.Key
            select (day.Key, step, open.State, (IReadOnlyList<Recipient>)[.. day]);
    }

    private static bool ReachesOwn(IEnumerable<Recipient> recipients) => recipients.Any(r => r.Relation == Relation.Own);

    /// <summary>What is held back of an ask today, and why.</summary>
    /// <param name="open">What is owed.</param>
    /// <param name="context">What is known.</param>
    /// <param name="held">Why nothing more is planned today; null while more may be.</param>
    public static IEnumerable<OutlookWait> Waits(OpenAsk open, ChaseContext context, string? held)
    {
        var (state, organisation, situation) = (open.State, open.Organisation, context.Situation);
        if (organisation.HasEndedOn(situation.Today))
        {
            yield return new OutlookWait(state, $"{organisation.Name} has ended, so it is not chased", null, null);
            yield break;
        }

        if (state.Ask.IsPausedOn(situation.Today))
        {
            yield return new OutlookWait(state, "All chasing is paused", null, state.Ask.PausedUntil);
        }

        if (state.Ask.Ladder.Rests)
        {
            yield return new OutlookWait(state, "Every step has been taken: it rests with you", null, null);
            yield break;
        }

        if (state.Ask.IsUpwardHeldOn(situation.Today))
        {
            yield return new OutlookWait(state, "Upward emails are held", state.Ask.Ladder.UpwardHeldBecause, state.Ask.Ladder.UpwardHeldUntil);
        }
        else if (WhyNotToday(open, LadderRule.Decide(situation.Ladder, state.Ask, situation.Today, situation.Calendar), context, held) is { } why)
        {
            yield return new OutlookWait(state, "The next step waits", why, null);
        }
    }

    private static string? WhyNotToday(OpenAsk open, LadderDecision decision, ChaseContext context, string? held)
    {
        if (decision.Waits is not null || decision.Due is not { } step)
        {
            return decision.Waits;
        }

        var audience = AudienceOf(open, step, context, context.Situation.Today);
        return audience.Hidden ? ChasePlan.LineIsHidden : open.HasHadToday(audience.Recipients, context.Situation.Today) ? ChasePlan.DayIsClosed : held;
    }
}
