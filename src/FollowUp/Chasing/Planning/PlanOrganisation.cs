using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Plans today's chasing of one organisation: its states, their events and every person's message in one transaction.
/// The state rows' ETags are the claim, so that no step is decided twice; losing the race means that somebody else has
/// planned, and the next run looks again. A plan that is not written though nobody else has planned is decided again
/// once, and then the run has failed for it: it must not stay unwritten in silence. The hints come between deciding and
/// writing, and are not this one's business: those of many organisations are written together.
/// </summary>
internal sealed class PlanOrganisation(RegisterTable register, PlanHints planHints, TasksTable tasks, ReadDue readDue, EmailBell bell)
{
    /// <summary>Decides what is to be written; null when that is nothing.</summary>
    public async Task<DecidedPlan?> DecideAsync(OrganisationId id, IReadOnlySet<RecommendationId> due, PlanRun run, CancellationToken stop)
    {
        var situation = run.Context.Situation;
        if (situation.Directory.Find(id) is not { } organisation)
        {
            throw new InvalidOperationException(situation.Directory.WhyNot(id));
        }

        var states = await readDue.RunAsync(organisation, due, run, stop);
        if (states.Count == 0)
        {
            return null;
        }

        if (organisation.HasEndedOn(situation.Today))
        {
            foreach (var task in Tasks.Ended(organisation, states.Select(s => s.Row.Value), situation))
            {
                await tasks.OpenAsync(task, stop);
            }

            run.Hold(states.Count);
            return null;
        }

        var parts = PlanParts.Of(states, organisation, run.Context).ToList();
        return await DecideAsync(organisation, parts, inParts: parts.Count > 1, run, stop);
    }

    /// <summary>Writes what was decided, and rings for it. Its hints are there already.</summary>
    public async Task WriteAsync(DecidedPlan decided, PlanRun run, CancellationToken stop)
    {
        var (id, situation) = (decided.Organisation.Id, run.Context.Situation);
        var places = new List<MessagePlace>();
        for (var part = decided; part is not null; part = await DecideAsync(decided.Organisation, part.Rest, inParts: true, run, stop))
        {
            if (part != decided)
            {
                await planHints.WriteAsync([part], situation, stop);
            }

            if (!await CommitAsync(part, run, stop))
            {
                if (await WriteAgainAsync(part, run, stop) is not { } again)
                {
                    return;
                }

                part = again;
            }

            places.AddRange(part.Places);
        }

        if (decided.InParts)
        {
            await FinishAsync(id, situation, stop);
        }

        places = [.. places.DistinctBy(p => p.Mid)];
        await bell.RingAsync(places, stop);
        run.Add(places);
    }

    /// <summary>Decides and writes what was not written, on the messages as they are now: one may have come or changed since they were read.</summary>
    /// <returns>Null when somebody else has planned, or nothing is left to be written.</returns>
    private async Task<DecidedPlan?> WriteAgainAsync(DecidedPlan lost, PlanRun run, CancellationToken stop)
    {
        var (id, situation) = (lost.Organisation.Id, run.Context.Situation);
        if (await IsPlannedAsync(lost, stop))
        {
            // It may have been written, and the answer lost: what was taken of the day stays taken
            run.LostRace(id);
            return null;
        }

        await run.Budget.GiveBackAsync(lost.Begun, stop);
        run.Hold(-lost.Plan.Held.Count);
        if (await DecideAsync(lost.Organisation, lost.Parts, lost.InParts, run, stop, anew: true) is not { } again)
        {
            return null;
        }

        await planHints.WriteAsync([again], situation, stop);
        if (await CommitAsync(again, run, stop))
        {
            return again;
        }

        if (!await IsPlannedAsync(again, stop))
        {
            throw new InvalidOperationException("Its plan cannot be written, though nobody else has planned it. A row that it writes may be there already, such as an event after the last one that its state knows of. What is due of it is not chased until that is mended.");
        }

        run.LostRace(id);
        return null;
    }

    /// <summary>Whether somebody has changed one of the states since the plan was decided.</summary>
    private async Task<bool> IsPlannedAsync(DecidedPlan decided, CancellationToken stop)
    {
        var read = decided.Plan.Steps.ToDictionary(s => s.After.Id, s => s.Row.ETag);
        return await register.RowsOfAsync(decided.Organisation.Id, read.Keys, stop).CountAsync(row => row.ETag == read[row.Value.Id], stop) < read.Count;
    }

    /// <summary>Lets the messages of today go that an interrupted plan has left behind.</summary>
    public async Task<IReadOnlyList<MessagePlace>> FinishAsync(OrganisationId id, Situation situation, CancellationToken stop)
    {
        var places = new List<MessagePlace>();
        foreach (var some in (await register.MessagesByKeyAsync(id, situation.Today, stop)).All.Where(r => r.Value.Status == MessageStatus.Planning).Chunk(Egt.MostRows))
        {
            var egt = RegisterTable.Change(id);
            foreach (var row in some)
            {
                egt.Replace(row, row.Value with { Status = MessageStatus.Pending });
            }

            places.AddRange(await register.CommitAsync(egt, stop) ? some.Select(r => new MessagePlace(r.Value.Mid, id, r.RowKey)) : []);
        }

        return places;
    }

    private async Task<DecidedPlan?> DecideAsync(Organisation organisation, IReadOnlyList<List<(Row<Recommendation> Row, Person LeadInspector)>> parts, bool inParts, PlanRun run, CancellationToken stop, bool anew = false)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        // Whoever has written a message since the run began has its key, and then this plan is not written but decided again
        var situation = run.Context.Situation;
        var today = inParts || anew || run.HadMessages(organisation.Id) ? await register.MessagesByKeyAsync(organisation.Id, situation.Today, stop) : KeyedMessages.None;
        run.AddUnreadable(today.Unreadable);
        var plan = ChasePlan.Make(organisation, parts[0], today, situation, run.Context.Suspended, run.Context.Mailbox);
        run.Hold(plan.Held.Count);
        if (plan.OwnMissing)
        {
            await tasks.OpenAsync(Tasks.NoContact(organisation, situation), stop);
        }

        if (await run.Budget.TakeAsync(plan.Messages.Count(m => today.Find(m.Key) is null), stop))
        {
            return plan.Steps.Count > 0 || parts.Count > 1 ? new DecidedPlan(organisation, plan, today, parts, inParts) : null;
        }

        run.Hold(plan.Steps.Count);
        return null;
    }

    /// <summary>Staff's tasks before the transaction: a crash in between shows too much, never too little.</summary>
    private async Task<bool> CommitAsync(DecidedPlan decided, PlanRun run, CancellationToken stop)
    {
        var (organisation, plan, situation) = (decided.Organisation, decided.Plan, run.Context.Situation);
        if (plan.Steps.Count == 0)
        {
            return true;
        }

        foreach (var step in plan.Steps.Where(s => s.After.Ask.Ladder.Rests))
        {
            await tasks.OpenAsync(Tasks.LadderEnded(organisation, step.After, situation), stop);
        }

        return !run.Budget.HasLapsed && await register.CommitAsync(decided.Write(situation.Now), stop);
    }
}
