using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>What planning has done for one organisation.</summary>
/// <param name="Planned">The messages planned.</param>
/// <param name="Held">How many steps are due and wait.</param>
/// <param name="Raced">Whether somebody else was planning at the same time.</param>
/// <param name="Unreadable">The rows that this release cannot read; the rest was planned.</param>
internal sealed record PlanResult(IReadOnlyList<MessagePlace> Planned, int Held, bool Raced = false, IReadOnlyList<string>? Unreadable = null);

/// <summary>
/// Plans today's chasing of one organisation: its states, their events and every person's message in one transaction.
/// The state rows' ETags are the claim, so that no step is decided twice; losing the race means that somebody else has
/// planned, and the next run looks again. What is too much for one transaction is written in several: until the last
/// of them the messages are being planned, and nobody sends them.
/// </summary>
internal sealed class PlanOrganisation(RegisterTable register, Hints hints, MessageHints messageHints, TasksTable tasks, ResumeRecommendation resume, RestWithStaff rest, ReassignRecommendation reassign, EmailBell bell)
{
    public async Task<PlanResult> RunAsync(OrganisationId id, IReadOnlySet<RecommendationId> due, ChaseContext context, DayBudget budget, CancellationToken stop)
    {
        var situation = context.Situation;
        if (situation.Directory.Find(id) is not { } organisation)
        {
            throw new InvalidOperationException($"The organisation {id} is not in the directory.");
        }

        var unreadable = new List<string>();
        var states = await ReadAsync(id, due, context, unreadable, stop);
        if (states.Count == 0)
        {
            return new PlanResult([], 0, false, unreadable);
        }

        if (organisation.HasEndedOn(situation.Today))
        {
            await tasks.OpenAsync(Tasks.Ended(organisation, situation), stop);
            return new PlanResult([], states.Count, false, unreadable);
        }

        return await PlanAsync(organisation, states, context, budget, stop) with { Unreadable = unreadable };
    }

    /// <summary>Lets the messages of today go that an interrupted plan has left behind.</summary>
    public async Task<IReadOnlyList<MessagePlace>> FinishAsync(OrganisationId id, Situation situation, CancellationToken stop)
    {
        var places = new List<MessagePlace>();
        foreach (var some in (await register.MessagesByKeyAsync(id, situation.Today, stop)).Values.Where(r => r.Value.Status == MessageStatus.Planning).Chunk(Egt.MostRows))
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

    private async Task<PlanResult> PlanAsync(Organisation organisation, List<(Row<Recommendation> Row, Person LeadInspector)> states, ChaseContext context, DayBudget budget, CancellationToken stop)
    {
        var situation = context.Situation;
        var planned = new List<MessagePlace>();
        var held = 0;
        var parts = PlanParts.Of(states, situation).ToList();
        foreach (var part in parts)
        {
            var today = await register.MessagesByKeyAsync(organisation.Id, situation.Today, stop);
            var plan = ChasePlan.Make(organisation, part, today, situation, context.Suspended, context.Mailbox);
            held += plan.Held.Count;
            if (!await budget.TakeAsync(plan.Messages.Count(m => !today.ContainsKey(m.Key)), stop))
            {
                held += plan.Steps.Count;
                break;
            }

            if (await WriteAsync(organisation, plan, today, situation, parts.Count > 1, stop) is not { } places)
            {
                return new PlanResult([], held, Raced: true);
            }

            planned.AddRange(places);
        }

        if (parts.Count > 1)
        {
            await FinishAsync(organisation.Id, situation, stop);
        }

        await bell.RingAsync(planned.DistinctBy(p => p.Mid), stop);
        return new PlanResult([.. planned.DistinctBy(p => p.Mid)], held);
    }

    private async Task<List<(Row<Recommendation> Row, Person LeadInspector)>> ReadAsync(OrganisationId id, IReadOnlySet<RecommendationId> due, ChaseContext context, List<string> unreadable, CancellationToken stop)
    {
        var states = new List<(Row<Recommendation>, Person)>();
        await foreach (var row in register.RowsOfAsync(id, due, stop, unreadable))
        {
            if (row.Value.Move is { } move)
            {
                await CarryOnAsync(row.Value, move, stop);
                continue;
            }

            if (await resume.RunAsync(row.Value, context.Situation, stop) || await rest.RunAsync(row.Value, context.Situation, stop))
            {
                // Resuming moves the deadline, and the steps that count are those after today; what rests takes none.
                continue;
            }

            var decision = LadderRule.Decide(context.Situation.Ladder, row.Value.Ask, context.Situation.Today, context.Situation.Calendar);
            if (decision.Due is not null || decision.Waits is not null)
            {
                states.Add((row, (await context.InspectionAsync(row.Value.Id.Inspection, stop)).LeadInspector));
            }
        }

        return states;
    }

    private async Task CarryOnAsync(Recommendation departed, Move move, CancellationToken stop)
    {
        if (!move.Arrived)
        {
            await reassign.CarryOnAsync(departed.OrganisationId, departed.Id, stop);
        }
    }

    private async Task<IReadOnlyList<MessagePlace>?> WriteAsync(Organisation organisation, ChasePlan plan, IReadOnlyDictionary<string, Row<Message>> today, Situation situation, bool moreToCome, CancellationToken stop)
    {
        if (plan.Steps.Count == 0)
        {
            return [];
        }

        var egt = RegisterTable.Change(organisation.Id);
        var opId = Guid.NewGuid().ToString("n");
        await RememberAsync(organisation, plan, situation, stop);
        foreach (var step in plan.Steps)
        {
            var (after, events) = Record.Append(step.After, step.Events, Actor.Service, opId, situation.Now);
            egt.Replace(step.Row, after);
            foreach (var recorded in events)
            {
                egt.Insert(RegisterTable.EventKey(after.Id, recorded.Seq), recorded);
            }
        }

        foreach (var (key, planned) in plan.Messages)
        {
            if (today.TryGetValue(key, out var present))
            {
                egt.Replace(present, planned);
            }
            else
            {
                egt.Insert(key, moreToCome ? planned with { Status = MessageStatus.Planning } : planned);
            }
        }

        var places = plan.Messages.Select(m => new MessagePlace(m.Message.Mid, organisation.Id, m.Key)).ToList();
        await messageHints.LeadToAsync(places, stop);
        return await register.CommitAsync(egt, stop) ? places : null;
    }

    /// <summary>The next day on the agenda, and staff's tasks, before the transaction: a crash in between shows too much, never too little.</summary>
    private async Task RememberAsync(Organisation organisation, ChasePlan plan, Situation situation, CancellationToken stop)
    {
        var next = from step in plan.Steps
                   let day = LadderRule.NextOn(situation.Ladder, step.After.Ask, situation.Calendar)
                   where day is not null
                   select (day.Value, step.After.Id);
        await hints.RememberAsync(next, organisation.Id, stop);
        if (plan.Steps.Any(s => s.Audience.OwnMissing))
        {
            await tasks.OpenAsync(Tasks.NoContact(organisation, situation), stop);
        }

        foreach (var step in plan.Steps.Where(s => s.After.Ask.Ladder.Rests))
        {
            await tasks.OpenAsync(Tasks.LadderEnded(organisation, step.After, situation), stop);
        }
    }
}
