using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What planning has done for one organisation.</summary>
internal sealed record PlanResult(IReadOnlyList<MessagePlace> Planned, int Held);

/// <summary>
/// Plans today's chasing of one organisation: its states, one event for each step and every person's message in one
/// transaction. The state rows' ETags are the claim, so that no step is decided twice; losing the race means that
/// somebody else has planned, and the next run looks again.
/// </summary>
internal sealed class PlanOrganisation(RegisterTable register, Hints hints, TasksTable tasks, ResumeRecommendation resume, ReassignRecommendation reassign, EmailBell bell)
{
    // A state row and its events (a step, its skipped ones, the end) for each, and the messages besides.
    private const int RecommendationsInOneTransaction = 10;

    public async Task<PlanResult> RunAsync(OrganisationId id, IReadOnlySet<RecommendationId> due, ChaseContext context, CancellationToken stop)
    {
        var situation = context.Situation;
        if (situation.Directory.Find(id) is not { } organisation)
        {
            throw new InvalidOperationException($"The organisation {id} is not in the directory.");
        }

        var states = await ReadAsync(id, due, context, stop);
        if (states.Count == 0)
        {
            return new PlanResult([], 0);
        }

        if (organisation.HasEndedOn(situation.Today))
        {
            await tasks.OpenAsync(Tasks.Ended(organisation, situation), stop);
            return new PlanResult([], states.Count);
        }

        var planned = new List<MessagePlace>();
        var held = 0;
        foreach (var some in states.Chunk(RecommendationsInOneTransaction))
        {
            var today = await TodayAsync(id, situation, stop);
            var plan = ChasePlan.Make(organisation, some, today, situation, context.Suspended, context.Mailbox);
            held += plan.Held.Count;
            planned.AddRange(await WriteAsync(organisation, plan, today, situation, stop));
        }

        await bell.RingAsync(planned.DistinctBy(p => p.Mid), stop);
        return new PlanResult([.. planned.DistinctBy(p => p.Mid)], held);
    }

    private async Task<List<(Row<Recommendation> Row, Person LeadInspector)>> ReadAsync(OrganisationId id, IReadOnlySet<RecommendationId> due, ChaseContext context, CancellationToken stop)
    {
        var states = new List<(Row<Recommendation>, Person)>();
        await foreach (var row in register.AllRowsOfAsync(id, stop))
        {
            if (row.Value.Move is { } move)
            {
                await CarryOnAsync(row.Value, move, stop);
                continue;
            }

            if (due.Contains(row.Value.Id) && await resume.RunAsync(row.Value, context.Situation, stop))
            {
                // Resuming moves the deadline, and the steps that count are those after today.
                continue;
            }

            var decision = due.Contains(row.Value.Id)
                ? LadderRule.Decide(context.Situation.Ladder, row.Value.Ask, context.Situation.Today, context.Situation.Calendar)
                : LadderDecision.Nothing;
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

    private async Task<Dictionary<string, Row<Message>>> TodayAsync(OrganisationId id, Situation situation, CancellationToken stop)
    {
        var today = new Dictionary<string, Row<Message>>();
        await foreach (var row in register.MessagesAsync(id, situation.Today, stop))
        {
            today[row.RowKey] = row;
        }

        return today;
    }

    private async Task<IReadOnlyList<MessagePlace>> WriteAsync(Organisation organisation, ChasePlan plan, Dictionary<string, Row<Message>> today, Situation situation, CancellationToken stop)
    {
        if (plan.Steps.Count == 0)
        {
            return [];
        }

        var egt = RegisterTable.Change(organisation.Id);
        var opId = Guid.NewGuid().ToString("n");
        foreach (var step in plan.Steps)
        {
            await RememberAsync(organisation, step, situation, stop);
            var (after, events) = Record.Append(step.After, step.Events, Actor.Service, opId, situation.Now);
            egt.Replace(step.Row, after);
            foreach (var recorded in events)
            {
                egt.Insert(RegisterTable.EventKey(after.Id, recorded.Seq), recorded);
            }
        }

        var places = new List<MessagePlace>();
        foreach (var (key, message) in plan.Messages)
        {
            places.Add(new MessagePlace(message.Mid, organisation.Id, key));
            await hints.LeadToMessageAsync(places[^1], stop);
            if (today.TryGetValue(key, out var present))
            {
                egt.Replace(present, message);
            }
            else
            {
                egt.Insert(key, message);
            }
        }

        return await register.CommitAsync(egt, stop) ? places : [];
    }

    /// <summary>The next day on the agenda, and staff's tasks, before the transaction: a crash in between shows too much, never too little.</summary>
    private async Task RememberAsync(Organisation organisation, PlannedStep step, Situation situation, CancellationToken stop)
    {
        if (LadderRule.NextOn(situation.Ladder, step.After.Ask, situation.Calendar) is { } next)
        {
            await hints.RememberAsync(next, organisation.Id, step.After.Id, stop);
        }

        if (step.Audience.OwnMissing)
        {
            await tasks.OpenAsync(Tasks.NoContact(organisation, situation), stop);
        }

        if (step.After.Ask.Ladder.Rests)
        {
            await tasks.OpenAsync(Tasks.LadderEnded(organisation, step.After, situation), stop);
        }
    }
}

/// <summary>The tasks that chasing gives to staff.</summary>
internal static class Tasks
{
    public static StaffTask Ended(Organisation organisation, Situation situation) => new()
    {
        Key = "ended",
        Kind = TaskKind.OrganisationEnded,
        OrganisationId = organisation.Id,
        What = situation.Directory.Find(organisation.Successor) is { } successor
            ? $"Reassign the open recommendations of {organisation.Name} to its successor, {successor.Name}"
            : $"Reassign or close the open recommendations of {organisation.Name}",
        Why = $"{organisation.Name} ended on {organisation.Until:d MMMM yyyy}, so it is no longer chased.",
        Since = situation.Now,
    };

    public static StaffTask NoContact(Organisation organisation, Situation situation) => new()
    {
        Key = $"contact|{situation.Today:yyyy-MM}",
        Kind = TaskKind.NoContact,
        OrganisationId = organisation.Id,
        What = $"Find a contact for {organisation.Name}",
        Why = "None of its contacts can be written to, so its reminders went up the line.",
        Since = situation.Now,
    };

    public static StaffTask LadderEnded(Organisation organisation, Recommendation state, Situation situation) => new()
    {
        Key = $"rests|{state.Id.Inspection}|{state.Id.Number.Padded}|{state.Ask.Version}",
        Kind = TaskKind.LadderEnded,
        OrganisationId = organisation.Id,
        Recommendation = state.Id,
        What = $"Decide what to do about recommendation {state.Id}",
        Why = $"Every step of chasing {organisation.Name} has been taken, and nothing has come.",
        Since = situation.Now,
    };

    public static StaffTask EmailFailed(Message message, string why, DateTimeOffset now) => new()
    {
        Key = $"email|{message.Mid}",
        Kind = TaskKind.EmailFailed,
        OrganisationId = message.OrganisationId,
        Recommendation = message.Items.Count == 1 ? message.Items[0].Recommendation : null,
        What = $"Reach {message.Recipient.Name} another way",
        Why = why,
        Since = now,
    };

    public static StaffTask NotAccepted(Message message, Situation situation) => new()
    {
        Key = $"unsent|{Keys.Hash(message.Recipient.Email.ToString())}|{message.WaitingSince.UtcTicks:d19}",
        Kind = TaskKind.EmailFailed,
        OrganisationId = message.OrganisationId,
        Recommendation = message.Items.Count == 1 ? message.Items[0].Recommendation : null,
        What = $"Reach {message.Recipient.Name} another way",
        Why = $"An email that has been due since {message.WaitingSince.LondonDate():d MMMM yyyy} has not been accepted for delivery.",
        Since = situation.Now,
    };

    public static StaffTask AddressSuspended(Message message, string why, DateTimeOffset now) => new()
    {
        Key = $"address|{message.Mid}",
        Kind = TaskKind.AddressSuspended,
        OrganisationId = message.OrganisationId,
        What = $"Find a working address for {message.Recipient.Name}",
        Why = why,
        Since = now,
    };
}
