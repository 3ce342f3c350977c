using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>
/// Every step that has fallen due must be taken by SendGrid for somebody within a few good working days, or staff have a
/// task about that very email or recommendation. A good day is one on which a run of the chase went well from beginning
/// to end and nothing held sending back.
/// </summary>
internal sealed class MissedCheck(Ledger ledger, Stories stories, SimClock clock)
{
    /// <summary>How often a step waited for so many good days.</summary>
    public int[] Waited { get; } = new int[Bounds.GoodDays + 2];

    public bool IsAnythingDue => ledger.Present.Any(ask => WaitsFor(ask, clock.UtcNow.LondonDate()).Phase is not null);

    public void EndOfDay(bool isGood)
    {
        var today = clock.UtcNow.LondonDate();
        foreach (var ask in ledger.Present)
        {
            var waits = WaitsFor(ask, today);
            if (waits != (ask.Waits.Phase, ask.Waits.Step))
            {
                Waited[Math.Min(ask.Waits.GoodDays, Waited.Length - 1)] += ask.Waits.Phase is null ? 0 : 1;
                ask.Waits = (waits.Phase, waits.Step, 0);
            }

            if (isGood)
            {
                CheckEverybody(ask, today);
            }

            if (waits.Phase is not null && isGood)
            {
                ask.Waits = (waits.Phase, waits.Step, ask.Waits.GoodDays + 1);
                if (ask.Waits.GoodDays > Bounds.GoodDays)
                {
                    Report(ask, $"step {waits.Step} has been due for {ask.Waits.GoodDays} good days");
                }
            }
        }
    }

    /// <summary>After a calm time nothing is due, and whatever has come to its end is with staff.</summary>
    public void AtTheEnd()
    {
        var today = clock.UtcNow.LondonDate();
        foreach (var ask in ledger.Present)
        {
            if (ask.Waits.GoodDays > 2 && WaitsFor(ask, today) is { Phase: not null, Step: var step })
            {
                Report(ask, $"step {step} is due at the end, after {ask.Waits.GoodDays} good days");
            }
            else if (ask.ClosedAt is null && !ask.HasPause && !HasEnded(ask, today) && ask.IsAtTheEnd(today, stories.NoticeKnownOn(ask), ledger.Ladder, ledger.Work.Now)
                && !ledger.Tasks.Exists(t => t.Kind == TaskKind.LadderEnded && t.Recommendation == ask.Id && t.OrganisationId == ask.Of && t.Since >= ask.Phase.Since - Bounds.Sleep))
            {
                Report(ask, "no step is left, and staff have no task");
            }
            else if (ask.ClosedAt is null && HasEnded(ask, today) && !ledger.Tasks.Exists(t => t.Kind == TaskKind.OrganisationEnded && t.OrganisationId == ask.Of))
            {
                Report(ask, "the organisation has ended, and staff have no task");
            }
        }
    }

    /// <summary>
    /// Whoever the last step was planned for gets it, as long as nothing changes, they can be reached, and staff have no
    /// task. An organisation that had ended is a change: what waited then is not sent, also where its end was taken back.
    /// </summary>
    private void CheckEverybody(ModelAsk ask, DateOnly today)
    {
        var (phase, step) = (ask.Phase, ask.Phase.Planned.Count == 0 ? null : ask.Phase.Planned.Keys.Select(n => ledger.Ladder.Find(n)!).MaxBy(s => s.Number == ModelLadder.Notice ? int.MinValue : s.Offset)!);
        var lacks = step is not null && ask.ClosedAt is null && !ask.IsPaused(today) && !HasEnded(ask, today) && !(step.IsUpward && ask.IsHeld(today))
            ? phase.Recipients[step.Number].Where(to => !(ask.IsHeld(today) && ledger.Directory.Now.GoesUp(step, to, ask.Of, today)) && !(step.Number == ModelLadder.Notice ? ask.Phases[0] : phase).TakenBy.Contains((step.Number, to)) && !stories.WentElsewhere(ask, step.Number, to) && ledger.Directory.Within(phase.Planned[step.Number], clock.UtcNow).All(d => d.Knows(to, ask.Of, today) && !d.Suspended.Contains(to) && !d.HasEnded(ask.Of, today))).ToList()
            : [];
        ask.Lacks = lacks.Count == 0 ? default : (phase, step!.Number, ask.Lacks.Phase == phase && ask.Lacks.Step == step.Number ? ask.Lacks.GoodDays + 1 : 1);
        if (ask.Lacks.GoodDays > Bounds.GoodDays && !stories.IsWithStaff(ask, phase, step!.Number))
        {
            Report(ask, $"step {step.Number} never came to {string.Join(", ", lacks)}");
        }
    }

    private (Phase? Phase, int Step) WaitsFor(ModelAsk ask, DateOnly today)
    {
        if (ask.ClosedAt is not null)
        {
            // On its way to another organisation, it must arrive
            return ask.IsHandedOver ? (ask.Phase, -1) : default;
        }

        if (ask.IsPaused(today) || HasEnded(ask, today))
        {
            return default;
        }

        // A pause that has run out must be resumed
        if (ask.HasPause)
        {
            return (ask.Phase, -2);
        }

        var due = ask.Due(today, stories.NoticeKnownOn(ask), ledger.Ladder, ledger.Work.Now);
        if (due is not null && ask.IsHeld(today) && ledger.Directory.Now.GoesOnlyUp(due, ask.Of, today))
        {
            return default;
        }

        if (due is null || !stories.IsWithStaff(ask, due.Number == ModelLadder.Notice ? ask.Phases[0] : ask.Phase, due.Number))
        {
            return due is null ? default : (ask.Phase, due.Number);
        }

        ask.NoticeWithStaff |= due.Number == ModelLadder.Notice;
        return WaitsFor(ask, today);
    }

    private bool HasEnded(ModelAsk ask, DateOnly today) => ledger.Directory.Now.HasEnded(ask.Of, today);

    private void Report(ModelAsk ask, string what)
    {
        if (!ask.IsReported)
        {
            ask.IsReported = true;
            ledger.Broken($"{clock.UtcNow:u}: missed: {what}: {ask.Id} (ask {ask.Version} of {ask.OpenedOn}, due {ask.Phase.DueOn}, notice {ask.NoticeAt:u}, {ask.Of}).");
        }
    }
}
