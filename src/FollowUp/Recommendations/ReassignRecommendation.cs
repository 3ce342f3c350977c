using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Gives a recommendation to another organisation, partition by partition: the old row is marked as going, the record
/// is copied, the state written at the new place, the old row marked as gone, and the map changed. A crash in between
/// leaves a row that is going, or one that has gone while the map still leads to it: the next run of the chase, or the
/// sweep, carries either on, and what is there already counts as done.
/// </summary>
internal sealed class ReassignRecommendation(
    ChangeRecommendation change, RegisterTable register, InspectionsTable inspections, Hints hints, MessageHints messageHints, ReadSituation readSituation, EmailBell bell)
{
    private const int EventsInOneTransaction = 50;
    private const int Tries = 5;

    public async Task<Outcome<Recommendation>> RunAsync(RecommendationId id, Command command, string? organisationId, string? reason, DateOnly? dueOn, CancellationToken stop)
    {
        var changed = await change.RunAsync(id, command, (state, situation) => ReassignRule.Reassign(state, situation, organisationId, reason, dueOn, command), stop);
        if (changed.IsRefused(out var refusal, out var departed))
        {
            return refusal;
        }

        // Whoever asked may go away: what is on its way is brought there, since every step has a time-out of its own
        return departed.Move is null ? departed : await CarryOnAsync(departed.OrganisationId, id, CancellationToken.None);
    }

    /// <summary>Brings a recommendation that is on its way to its new place.</summary>
    public async Task<Recommendation> CarryOnAsync(OrganisationId from, RecommendationId id, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(stop);
        var departed = await register.FindAsync(from, id, stop) ?? throw new InvalidOperationException($"The row of {id} at {from} is gone.");
        var move = departed.Value.Move ?? throw new InvalidOperationException($"{id} is not on its way anywhere.");

        var arrived = await register.FindAsync(move.To, id, stop);
        if (arrived is null || arrived.Value.Move is not null)
        {
            await CopyRecordAsync(departed.Value, move, stop);
            await ArriveAsync(departed.Value, move, arrived, situation, stop);
            arrived = await register.FindAsync(move.To, id, stop) ?? throw new IOException($"{id} did not arrive at {move.To}; the next run tries again.");
        }

        if (!move.Arrived)
        {
            // Where it has changed meanwhile, or the answer is lost, the row itself says how it stands
            await register.CommitAsync(RegisterTable.Change(from).Replace(departed, departed.Value with { Move = move with { Arrived = true } }), stop);
        }

        await LeadOnAsync(from, id, stop);
        return arrived.Value;
    }

    /// <summary>Lets the map lead to where a recommendation has gone, if it still leads to where it was.</summary>
    public async Task LeadOnAsync(OrganisationId from, RecommendationId id, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            // The map first: nobody can bring the recommendation back without changing it, and then it is not written here
            if (await inspections.FindRecommendationAsync(id, stop) is not { } map || map.Value.OrganisationId != from
                || await register.FindAsync(from, id, stop) is not { Value.Move: { Arrived: true } move })
            {
                return;
            }

            if (await inspections.ReplaceAsync(map, map.Value with { OrganisationId = move.To }, stop))
            {
                return;
            }
        }

        throw new IOException($"The map does not lead to the new place of {id} yet: others change it all the time. The next run tries again.");
    }

    private async Task CopyRecordAsync(Recommendation departed, Move move, CancellationToken stop)
    {
        var present = (await register.EventsAsync(move.To, departed.Id, 0, stop)).Select(e => e.Seq).ToHashSet();
        var missing = (await register.EventsAsync(departed.OrganisationId, departed.Id, 0, stop)).Where(e => !present.Contains(e.Seq));
        foreach (var some in missing.Chunk(EventsInOneTransaction))
        {
            var egt = RegisterTable.Change(move.To);
            foreach (var recorded in some)
            {
                egt.Insert(RegisterTable.EventKey(departed.Id, recorded.Seq), recorded);
            }

            await register.CommitAsync(egt, stop);
        }
    }

    private async Task ArriveAsync(Recommendation departed, Move move, Row<Recommendation>? pointer, Situation situation, CancellationToken stop)
    {
        var fresh = ChangeRecommendation.WithNotice(ReassignRule.Arrived(departed, situation), situation);
        var opened = new NewEvent(EventTypes.AskOpened, new { kind = fresh.Ask.Kind, dueOn = fresh.Ask.DueOn, version = fresh.Ask.Version });
        var (state, events) = Record.Append(fresh, [opened], move.By, move.OpId, situation.Now);
        var letter = Letters.Of(new Letters.Reassigned(state.Id, state.Text, situation.Directory.NameOf(departed.OrganisationId), move.Reason, move.DueOn));
        var messages = ChangeRecommendation.Write(state, [new LetterToSend(MessageKind.Change, letter)], situation);

        await hints.ListAsync(state, stop);
        await hints.RememberAsync(LadderRule.NextOn(situation.Ladder, state.Ask, situation.Calendar) ?? state.Ask.DueOn, state.OrganisationId, state.Id, stop);
        await messageHints.LeadToAsync([.. messages.Select(m => new MessagePlace(m.Message.Mid, state.OrganisationId, m.Key))], stop);

        var egt = RegisterTable.Change(move.To);
        egt.Put(pointer, RegisterTable.StateKey(state.Id), state);
        egt.Insert(RegisterTable.EventKey(state.Id, events[0].Seq), events[0]);
        foreach (var (key, message) in messages)
        {
            egt.Insert(key, message);
        }

        if (move.RepeatKey is { } repeatKey)
        {
            egt.Insert(RegisterTable.SubmissionKey(repeatKey), new Submission(move.OpId, situation.Now));
        }

        if (await register.CommitAsync(egt, stop))
        {
            await bell.RingAsync(messages.Select(m => new MessagePlace(m.Message.Mid, state.OrganisationId, m.Key)), stop);
        }
    }
}
