using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Gives a recommendation to another organisation, partition by partition: the old row is marked as going, the record
/// is copied, the state written at the new place, the old row marked as gone, and the map changed. A crash in between
/// leaves a row that is going, which the next run of the chase carries on; what is there already counts as done.
/// </summary>
internal sealed class ReassignRecommendation(
    ChangeRecommendation change, RegisterTable register, InspectionsTable inspections, Hints hints, MessageHints messageHints, ReadSituation readSituation, EmailBell bell)
{
    private const int EventsInOneTransaction = 50;

    public async Task<Outcome<Recommendation>> RunAsync(RecommendationId id, Command command, string? organisationId, string? reason, DateOnly? dueOn, CancellationToken stop)
    {
        var changed = await change.RunAsync(id, command, (state, situation) => ReassignRule.Reassign(state, situation, organisationId, reason, dueOn, command), stop);
        if (changed.IsRefused(out var refusal, out var departed))
        {
            return refusal;
        }

        return departed.Move is null ? departed : await CarryOnAsync(departed.OrganisationId, id, stop);
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
            await register.CommitAsync(RegisterTable.Change(from).Replace(departed, departed.Value with { Move = move with { Arrived = true } }), stop);
        }

        if (await inspections.FindRecommendationAsync(id, stop) is { } map && map.Value.OrganisationId == from)
        {
            await inspections.ReplaceAsync(map, map.Value with { OrganisationId = move.To }, stop);
        }

        return arrived.Value;
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
