using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Tests.Simulation.Model;

/// <summary>Judges every email at the moment at which SendGrid takes it.</summary>
internal sealed class EmailChecks(Ledger ledger, Stories stories)
{
    private static readonly string[] Opening = ["reassigned", "accepted", "returned", "verified", "reopened"];
    private readonly Dictionary<(string To, string Of, DateOnly On), HashSet<string>> ofTheDay = [];

    public int Chasing { get; private set; }

    public void Check(Taken email, Message message)
    {
        Demand(!ledger.Stopped.Within(email.At - Bounds.Known, email.At).All(s => s), email, "left although sending is stopped");
        if (!message.IsChasing)
        {
            TakeLetter(email, message);
            return;
        }

        Chasing++;
        CheckTheDay(email, message);
        foreach (var item in message.Items)
        {
            if (ledger.Find(item.Recommendation, message.OrganisationId) is { } ask && item.Step is { } number && ledger.Ladder.Find(number) is { } step)
            {
                CheckStep(email, message, ask, step);
            }
            else
            {
                Break(email, $"is about step {item.Step} of {item.Recommendation}, which nobody knows of");
            }
        }
    }

    /// <summary>
    /// A letter that opens an ask is its notice; one about a change must not be the first that anybody hears of it. What
    /// either asks for or tells must hold when it is taken. A judgement may be told without what it asked for.
    /// </summary>
    private void TakeLetter(Taken email, Message message)
    {
        foreach (var item in message.Items)
        {
            var (opens, due) = (Opening.Contains(message.Letter?.Template), DueIn(message.Letter));
            if (opens && due is { } asked && ledger.Find(item.Recommendation, item.AskVersion) is { } opened && opened.Of == message.OrganisationId)
            {
                CheckHolds(email, opened, asked);
                TakeNotice(opened, email, message);
            }
            else if (message.Letter?.Template is "extended" or "paused" or "resumed" && ledger.Find(item.Recommendation, message.OrganisationId) is { } ask)
            {
                Demand(ask is not { ClosedAt: null, NoticeAt: null } || stories.IsWithStaff(ask, ask.Phases[0], ModelLadder.Notice), email, $"tells of a change of {ask.Id} (ask {ask.Version}) before its notice");
                if (due is { } told)
                {
                    CheckHolds(email, ask, told);
                }
            }
        }
    }

    /// <summary>The deadline that a letter tells; null where it tells none.</summary>
    private static DateOnly? DueIn(Letter? letter) =>
        new[] { "dueOn", "progressDueOn", "to" }.Where(name => letter is { Template: not "paused" } && letter.Facts.TryGetProperty(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String)
            .Select(name => (DateOnly?)DateOnly.Parse(letter!.Facts.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();

    private void CheckHolds(Taken email, ModelAsk ask, DateOnly due)
    {
        var known = email.At - Bounds.Claim;
        if (ask.Phases[0].Since > known)
        {
            return;
        }

        Demand(!(ask.ClosedAt < known), email, $"asks for {ask.Id} (ask {ask.Version}) after the answer or the closure of {ask.ClosedAt:u}");
        Demand(ask.Phases.Skip(ask.Phases.FindLastIndex(p => p.Since <= known)).Any(p => p.DueOn == due), email, $"tells {due} as the deadline of {ask.Id} (ask {ask.Version}), which is {ask.Phase.DueOn}");
    }

    private static void TakeNotice(ModelAsk ask, Taken email, Message message)
    {
        ask.NoticeAt ??= email.At;
        ask.NoticeMids.Add(email.Mid);
        ask.Phases[0].Taken.TryAdd(ModelLadder.Notice, email.At);
        ask.Phases[0].TakenBy.Add((ModelLadder.Notice, email.To));
        ask.Phases[0].TakenWith.Add((ModelLadder.Notice, email.Mid));
        ask.WarnedOn ??= message.Recipient.Relation == Relation.Own ? email.At.LondonDate() : null;
    }

    private void CheckTheDay(Taken email, Message message)
    {
        var london = email.At.InLondon();
        var today = DateOnly.FromDateTime(london.DateTime);
        Demand(ledger.Work.Within(email.At - Bounds.Known, email.At).Any(w => w.Has(today)) && london.Hour is >= 8 and < 18, email, "left outside the hours");
        var key = (email.To, message.OrganisationId.ToString(), today);
        var mids = ofTheDay.TryGetValue(key, out var known) ? known : ofTheDay[key] = [];
        mids.Add(email.Mid);
        Demand(mids.Count == 1, email, $"is number {mids.Count} of the day about {message.OrganisationId}");
        var knew = ledger.Directory.Within(email.At - Bounds.Known, email.At).ToList();
        Demand(knew.Exists(d => !d.HasEnded(message.OrganisationId, today)), email, $"left although {message.OrganisationId} has ended");
        Demand(knew.Exists(d => !d.Suspended.Contains(email.To)), email, "went to a suspended address");
        Demand(knew.Exists(d => d.Knows(email.To, message.OrganisationId, today)), email, $"went to somebody who is no contact of {message.OrganisationId} or above");
    }

    private void CheckStep(Taken email, Message message, ModelAsk ask, ModelStep step)
    {
        var (today, work, at) = (email.At.LondonDate(), ledger.Work.Now, $"step {step.Number} of {ask.Id} (ask {ask.Version}, due {ask.Phase.DueOn})");
        var phase = step.Number == ModelLadder.Notice ? ask.Phases[0] : ask.PhaseOf(step.Number, email.At, message.PlannedAt);
        Demand(!(ask.ClosedAt < email.At - Bounds.Claim), email, $"brings {at} after the answer or the closure of {ask.ClosedAt:u}");
        Demand(!ask.Pauses.Exists(p => p.Holds(email.At, today, Bounds.Claim)), email, $"brings {at} during a pause");
        var goesUp = ledger.Directory.Within(email.At - Bounds.Known, email.At).All(d => d.GoesUp(step, email.To, ask.Of, today));
        Demand(!goesUp || !ask.Holds.Exists(h => h.Holds(email.At, today, Bounds.Claim)), email, $"brings {at} while staff hold it");
        Demand(ask.Phases.Exists(p => p.Planned.ContainsKey(step.Number)), email, $"brings {at}, which the record does not show");
        Demand(ask.Phases.Exists(p => p.EverPlannedFor.Contains((step.Number, email.To))) || stories.WasPassedOn(message, ask.Id), email, $"brings {at} to somebody whom it was not planned for");
        if (step.Number == ModelLadder.Notice)
        {
            TakeNotice(ask, email, message);
            return;
        }

        Demand(ask.NoticeAt is not null || stories.IsWithStaff(ask, ask.Phases[0], ModelLadder.Notice), email, $"brings {at} before the notice");
        var later = phase.Taken.Where(t => t.Key != step.Number && t.Value < email.At - Bounds.Claim && ledger.Ladder.Find(t.Key) is { } other && other.Number != ModelLadder.Notice && other.Offset > step.Offset).Select(t => t.Key).ToList();
        Demand(later.Count == 0, email, $"brings {at} after step {string.Join(", ", later)}");
        if (step.Offset > 0)
        {
            CheckOverdue(email, ask, step, phase, at, today, work);
        }

        phase.Taken.TryAdd(step.Number, email.At);
        phase.TakenBy.Add((step.Number, email.To));
        phase.TakenWith.Add((step.Number, email.Mid));
        ask.WarnedOn ??= step.IsReminder && message.Recipient.Relation == Relation.Own ? today : null;
    }

    private void CheckOverdue(Taken email, ModelAsk ask, ModelStep step, Phase phase, string at, DateOnly today, WorkDays work)
    {
        Demand(ask.WarnedOn is { } warned && today >= work.Add(warned, 5), email, $"brings {at} without a warning five working days before ({ask.WarnedOn})");
        if (!phase.Taken.ContainsKey(step.Number))
        {
            Demand(ask.LastOverdue is not { } last || today >= work.Add(last.On, 3), email, $"brings {at} less than three working days after step {ask.LastOverdue?.Step.Number} of {ask.LastOverdue?.On}");
            ask.LastOverdue = (step, today);
        }

        if (ask.OverdueOf.TryGetValue(email.To, out var mine) && mine.Step != step.Number)
        {
            Demand(today >= work.Add(mine.On, 3), email, $"brings {at} to somebody who had step {mine.Step} on {mine.On}");
        }

        ask.OverdueOf[email.To] = (step.Number, today);
    }

    private void Demand(bool holds, Taken email, string otherwise)
    {
        if (!holds)
        {
            Break(email, otherwise);
        }
    }

    private void Break(Taken email, string what) => ledger.Broken($"{email.At:u}: the {email.Category} {email.Mid} to {email.To} {what}.");
}
