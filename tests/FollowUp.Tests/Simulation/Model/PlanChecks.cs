using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>Judges every step when the record says that it was planned or skipped.</summary>
internal sealed class PlanChecks(Ledger ledger, Stories stories, SimClock clock)
{
    public void Check(ModelAsk ask, RecordedEvent happened)
    {
        var today = happened.At.LondonDate();
        var number = happened.Step();
        if (ledger.Ladder.Find(number) is not { } step)
        {
            Break(ask, number, "is in no ladder");
        }
        else if (happened.Type == EventTypes.StepSkipped)
        {
            CheckSkipped(ask, step, happened.Date("on"), today, happened);
        }
        else
        {
            CheckPlanned(ask, step, today, happened);
        }
    }

    private void CheckPlanned(ModelAsk ask, ModelStep step, DateOnly today, RecordedEvent happened)
    {
        var phase = ask.Phase;
        Demand(ask, step, ask.ClosedAt is null, "was planned after the answer or the closure");
        Demand(ask, step, !ask.IsPaused(today), "was planned during a pause");
        Demand(ask, step, !ask.IsHeld(today) || !ledger.Directory.Within(happened.At - Bounds.Sleep, clock.UtcNow).All(d => d.GoesOnlyUp(step, ask.Of, today)), "was planned while staff hold it");
        Demand(ask, step, !phase.Planned.ContainsKey(step.Number) || !phase.TakenWith.Exists(t => t.Step == step.Number && stories.SettledAt(t.Mid) is not null), "was planned again after SendGrid had taken it, and the record knew it");
        Demand(ask, step, Works(happened).Any(w => IsQuietHour(w, happened.At)), "was planned outside the hours");
        if (step.Number != ModelLadder.Notice)
        {
            CheckDay(ask, step, today, happened);
            CheckOrder(ask, step, happened);
        }

        var to = happened.Personal!.More!.Value.GetProperty("recipients").EnumerateArray().Select(r => r.GetProperty("email").GetString()!).ToHashSet();
        var audiences = ledger.Directory.Within(happened.At - Bounds.Sleep, clock.UtcNow).Where(d => !d.HasEnded(ask.Of, today)).Select(d => d.Audience(step, ask.Of, today)).ToList();
        Demand(ask, step, audiences.Exists(a => a.SetEquals(to)), $"was planned for {string.Join(", ", to)}, not for {string.Join(" or ", audiences.Select(a => string.Join(", ", a)))}");
        phase.Planned[step.Number] = clock.UtcNow;
        phase.Recipients[step.Number] = to;
        phase.EverPlannedFor.UnionWith(to.Select(one => (step.Number, one)));
    }

    /// <summary>Its day has come, it does not lie on or before the notice or the change of the deadline, and no later reminder is due.</summary>
    private void CheckDay(ModelAsk ask, ModelStep step, DateOnly today, RecordedEvent happened)
    {
        var phase = ask.Phase;
        var after = ask.StepsAfter(ask.NoticeAt?.LondonDate() ?? ask.OpenedOn);
        Demand(ask, step, ask.NoticeAt is not null || IsNoticeWithStaff(ask), "was planned before the notice was taken");
        Demand(ask, step, Works(happened).Any(w => On(ask, step, w) <= today), $"was planned before its day {On(ask, step, ledger.Work.Now)}");
        Demand(ask, step, Works(happened).Any(w => On(ask, step, w) > after), $"of {On(ask, step, ledger.Work.Now)} was planned, though it does not lie after {after}, the day of the notice, of the change of the deadline or the last of a pause");
        if (step.IsReminder)
        {
            Demand(ask, step, today <= phase.DueOn, $"was planned after the deadline {phase.DueOn}");
            Demand(ask, step, Works(happened).Any(w => !ledger.Ladder.Of(phase.DueOn, w).Any(s => s.Step.IsReminder && s.On <= today && s.Step.Offset > step.Offset)), "was planned, though a later reminder is due");
        }
    }

    /// <summary>What was planned before it has reached somebody or was given to staff, and what lies between is recorded as skipped.</summary>
    private void CheckOrder(ModelAsk ask, ModelStep step, RecordedEvent happened)
    {
        var phase = ask.Phase;
        var last = phase.Planned.Keys.Where(n => n != step.Number).Select(n => ledger.Ladder.Find(n)!).Where(s => s.Number != ModelLadder.Notice).MaxBy(s => s.Offset);
        Demand(ask, step, last is null || step.Offset > last.Offset, $"was planned after step {last?.Number}");
        Demand(ask, step, last is null or { IsReminder: true } || phase.Taken.ContainsKey(last.Number) || stories.IsWithStaff(ask, phase, last.Number), $"was planned, though step {last?.Number} has reached nobody and no task says so");
        var passed = Works(happened).Select(w => Passed(w).ToList()).MinBy(p => p.Count)!;
        Demand(ask, step, passed.Count == 0, $"was planned, and step {string.Join(", ", passed)} was passed over without a word");

        IEnumerable<int> Passed(WorkDays work) =>
            from other in ledger.Ladder.Of(phase.DueOn, work)
            where other.Step.Offset < step.Offset && other.Step.Offset > (last?.Offset ?? int.MinValue) && !phase.Skipped.Contains(other.Step.Number) && !phase.Planned.ContainsKey(other.Step.Number)
            select other.Step.Number;
    }

    private void CheckSkipped(ModelAsk ask, ModelStep step, DateOnly on, DateOnly today, RecordedEvent happened)
    {
        var after = ask.StepsAfter(stories.NoticeKnownOn(ask) ?? today);
        Demand(ask, step, Works(happened).Any(w => On(ask, step, w) == on), $"was skipped as one of {on}, and is one of {On(ask, step, ledger.Work.Now)}");
        Demand(ask, step, on <= after || step.IsReminder && (today > ask.Phase.DueOn || Works(happened).Any(w => ledger.Ladder.Of(ask.Phase.DueOn, w).Any(s => s.Step.IsReminder && s.On <= today && s.Step.Offset > step.Offset))), $"of {on} was skipped without a reason");
        ask.Phase.Skipped.Add(step.Number);
    }

    private bool IsNoticeWithStaff(ModelAsk ask) => ask.NoticeWithStaff |= stories.IsWithStaff(ask, ask.Phases[0], ModelLadder.Notice);

    private DateOnly? On(ModelAsk ask, ModelStep step, WorkDays work) =>
        ledger.Ladder.Of(ask.Phase.DueOn, work).Where(s => s.Step.Number == step.Number).Select(s => (DateOnly?)s.On).FirstOrDefault();

    /// <summary>The calendars that the plan may have been made with: whoever planned may have slept after reading.</summary>
    private IEnumerable<WorkDays> Works(RecordedEvent happened) => ledger.Work.Within(happened.At - Bounds.Sleep, clock.UtcNow);

    private static bool IsQuietHour(WorkDays work, DateTimeOffset at) => at.InLondon() is var london && work.Has(DateOnly.FromDateTime(london.DateTime)) && london.Hour is >= 8 and < 18;

    private void Demand(ModelAsk ask, ModelStep step, bool holds, string otherwise)
    {
        if (!holds)
        {
            Break(ask, step.Number, otherwise);
        }
    }

    private void Break(ModelAsk ask, int step, string what) => ledger.Broken($"{clock.UtcNow:u}: step {step} of {ask.Id} (ask {ask.Version}, due {ask.Phase.DueOn}, {ask.Of}) {what}.");
}
