using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Issues an inspection: its recommendations go into the partitions of the responsible organisations, and their chase
/// begins with the notice. Before publication it is put down for that day. A crash in between leaves the inspection
/// "issuing", and the next run of the chase carries it on: rows that are there count as done, also where two issue it
/// at the same moment.
/// </summary>
internal sealed class IssueInspection(InspectionsTable inspections, RegisterTable register, Hints hints, TasksTable tasks, ReadSituation readSituation)
{
    private const int RecommendationsInOneTransaction = Egt.MostRows / 2;
    private const int Tries = 5;

    public async Task<Outcome<Inspection>> RunAsync(InspectionId id, Actor actor, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(stop);
        if (await inspections.FindAsync(id, stop) is not { } row)
        {
            return Refusal.NotFound($"There is no inspection {id}.");
        }

        return row.Value.Stage switch
        {
            InspectionStage.Issued => row.Value,
            InspectionStage.Issuing => await HandOverAsync(row, actor, situation, stop),
            _ when row.Value.PublishedOn > situation.Today => await ScheduleAsync(row, actor, situation, stop),
            _ => await StartAsync(row, actor, situation, stop),
        };
    }

    public async Task<Inspection?> FindAsync(InspectionId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) => (await inspections.FindAsync(id, stop, unreadable))?.Value;

    private async Task<Outcome<Inspection>> ScheduleAsync(Row<Inspection> row, Actor actor, Situation situation, CancellationToken stop)
    {
        var drafts = await DraftsAsync(row.Value.Id, stop);
        if (IssueRule.WhyNot(drafts, situation.Directory, row.Value.PublishedOn) is { } refusal)
        {
            return refusal;
        }

        var scheduled = row.Value with { Stage = InspectionStage.Scheduled };
        await hints.RememberIssueAsync(row.Value.PublishedOn, row.Value.Id, stop);
        return await inspections.ReplaceAsync(row, scheduled, stop) ? scheduled : await AfterAnotherAsync(row.Value.Id, actor, situation, stop);
    }

    private async Task<Outcome<Inspection>> StartAsync(Row<Inspection> row, Actor actor, Situation situation, CancellationToken stop)
    {
        if (IssueRule.WhyNot(await DraftsAsync(row.Value.Id, stop), situation.Directory, situation.Today) is { } refusal)
        {
            return refusal;
        }

        await hints.RememberIssueAsync(situation.Today, row.Value.Id, stop);
        var issuing = row.Value with { Stage = InspectionStage.Issuing, IssuedOn = situation.Today };
        await inspections.ReplaceAsync(row, issuing, stop);
        return await AfterAnotherAsync(row.Value.Id, actor, situation, stop);
    }

    /// <summary>Goes on from where somebody has brought it: an equal request counts as done; what was changed instead has to be looked at.</summary>
    private async Task<Outcome<Inspection>> AfterAnotherAsync(InspectionId id, Actor actor, Situation situation, CancellationToken stop) => await inspections.FindAsync(id, stop) switch
    {
        { Value.Stage: InspectionStage.Issuing } marked => await HandOverAsync(marked, actor, situation, stop),
        { Value: { Stage: InspectionStage.Issued } issued } => issued,
        { Value: { Stage: InspectionStage.Scheduled } scheduled } when scheduled.PublishedOn > situation.Today => scheduled,
        _ => Refusal.Conflict("Someone else is changing this inspection just now. Look at it again, then try once more."),
    };

    private async Task<Outcome<Inspection>> HandOverAsync(Row<Inspection> row, Actor actor, Situation situation, CancellationToken stop)
    {
        var inspection = row.Value;
        var issuedOn = inspection.IssuedOn ?? situation.Today;
        foreach (var ofOne in (await DraftsAsync(inspection.Id, stop)).GroupBy(d => d.OrganisationId))
        {
            foreach (var some in ofOne.Chunk(RecommendationsInOneTransaction))
            {
                await WriteAsync([.. some.Select(d => IssueRule.Issued(inspection, d, issuedOn, situation))], actor, situation, stop);
            }
        }

        await tasks.FinishAsync(OrganisationId.Staff, StaffTask.IssueKey(inspection.Id), situation.Now, actor.Name, stop);
        var issued = inspection with { Stage = InspectionStage.Issued };
        return await inspections.ReplaceAsync(row, issued, stop) ? issued : (await inspections.FindAsync(inspection.Id, stop))!.Value;
    }

    /// <summary>Writes the rows that are not there yet. Whoever was faster has written some of them, so a lost transaction leads on.</summary>
    private async Task WriteAsync(IReadOnlyList<Recommendation> fresh, Actor actor, Situation situation, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var missing = await MissingAsync(fresh, stop);
            if (missing.Count == 0)
            {
                return;
            }

            await hints.RememberAsync(missing.Select(state => new AgendaEntry(state.Ask.OpenedOn, state.OrganisationId, state.Id.Inspection, state.Id.Number)), stop);
            await hints.ListAsync(missing, stop);
            var egt = RegisterTable.Change(missing[0].OrganisationId);
            var opId = Guid.NewGuid().ToString("n");
            foreach (var state in missing)
            {
                var issued = new NewEvent(EventTypes.Issued, new { text = state.Text, organisationId = state.OrganisationId, publishedOn = state.PublishedOn, dueOn = state.Ask.DueOn });
                var (recorded, events) = Record.Append(state, [issued], actor, opId, situation.Now);
                egt.Insert(RegisterTable.StateKey(state.Id), recorded).Insert(RegisterTable.EventKey(state.Id, events[0].Seq), events[0]);
            }

            if (await register.CommitAsync(egt, stop))
            {
                return;
            }
        }

        throw new IOException($"Others are issuing the recommendations to {fresh[0].OrganisationId} at this moment; the next run looks again.");
    }

    /// <summary>Those of one organisation that are not in the register. One that is there and cannot be read was issued before.</summary>
    private async Task<List<Recommendation>> MissingAsync(IReadOnlyList<Recommendation> fresh, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var there = await register.RowsOfAsync(fresh[0].OrganisationId, fresh.Select(state => state.Id), stop, unreadable).Select(row => row.RowKey).ToHashSetAsync(cancellationToken: stop);
        there.UnionWith(unreadable.Select(row => row.RowKey));
        return [.. fresh.Where(state => !there.Contains(RegisterTable.StateKey(state.Id)))];
    }

    private async Task<IReadOnlyList<DraftRecommendation>> DraftsAsync(InspectionId id, CancellationToken stop) =>
        [.. (await inspections.RecommendationsAsync(id, stop)).Select(r => r.Value)];
}
