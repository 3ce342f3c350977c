using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Plays the ladder of one ask forward.</summary>
internal static class OutlookRule
{
    public static IEnumerable<(DateOnly On, LadderStep Step, Recommendation State, IReadOnlyList<Recipient> Recipients)> Play(
        Recommendation state, Organisation organisation, Inspection inspection, ChaseContext context, DateOnly from, int days)
    {
        var situation = context.Situation;
        if (state.Ask.Ladder.Awaits is { } underWay)
        {
            // What is on its way is taken to arrive on the first day on which it can.
            var warns = situation.Ladder.Find(underWay) is { Offset: null or < 0 };
            state = state with { Ask = LadderMoves.Accepted(situation.Ladder, state.Ask, underWay, warns, from) };
        }

        for (var day = from; day <= situation.Today.AddDays(days); day = day.AddDays(1))
        {
            if (organisation.HasEndedOn(day))
            {
                yield break;
            }

            if (!situation.Calendar.IsWorkingDay(day))
            {
                continue;
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

            var recipients = Audience.Of(step, organisation, situation.Directory, inspection.LeadInspector, context.Mailbox, context.Suspended, day).Recipients;
            yield return (day, step, state, recipients);
            state = state with { Ask = LadderMoves.Foreseen(situation.Ladder, state.Ask, step, day) };
        }
    }

    /// <summary>What is held back of an ask today, and why.</summary>
    public static IEnumerable<OutlookWait> Waits(OpenAsk open, Situation situation)
    {
        var (state, organisation) = (open.State, open.Organisation);
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
        else if (LadderRule.Decide(situation.Ladder, state.Ask, situation.Today, situation.Calendar).Waits is { } why)
        {
            yield return new OutlookWait(state, "The next step waits", why, null);
        }
    }
}
