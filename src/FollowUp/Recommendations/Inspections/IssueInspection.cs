using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>
/// Issues an inspection: its recommendations go into the partitions of the responsible organisations, and their chase
/// begins with the notice. Before publication it is put down for that day. A crash in between leaves the inspection
/// "issuing", and the next run of the chase carries it on: rows that are there count as done.
/// </summary>
internal sealed class IssueInspection(InspectionsTable inspections, RegisterTable register, Hints hints, ReadSituation readSituation)
{
    private const int RecommendationsInOneTransaction = Egt.MostRows / 2;

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
            _ when row.Value.PublishedOn > situation.Today => await ScheduleAsync(row, situation, stop),
            _ => await StartAsync(row, actor, situation, stop),
        };
    }

    public async Task<Inspection?> FindAsync(InspectionId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null) => (await inspections.FindAsync(id, stop, unreadable))?.Value;

    private async Task<Outcome<Inspection>> ScheduleAsync(Row<Inspection> row, Situation situation, CancellationToken stop)
    {
        var drafts = await DraftsAsync(row.Value.Id, stop);
        if (IssueRule.WhyNot(drafts, situation.Directory, row.Value.PublishedOn) is { } refusal)
        {
            return refusal;
        }

        var scheduled = row.Value with { Stage = InspectionStage.Scheduled };
        await hints.RememberIssueAsync(row.Value.PublishedOn, row.Value.Id, stop);
        return await inspections.ReplaceAsync(row, scheduled, stop) ? scheduled : Busy();
    }

    private async Task<Outcome<Inspection>> StartAsync(Row<Inspection> row, Actor actor, Situation situation, CancellationToken stop)
    {
        if (IssueRule.WhyNot(await DraftsAsync(row.Value.Id, stop), situation.Directory, situation.Today) is { } refusal)
        {
            return refusal;
        }

        await hints.RememberIssueAsync(situation.Today, row.Value.Id, stop);
        var issuing = row.Value with { Stage = InspectionStage.Issuing, IssuedOn = situation.Today };
        if (!await inspections.ReplaceAsync(row, issuing, stop) || await inspections.FindAsync(row.Value.Id, stop) is not { } marked)
        {
            return Busy();
        }

        return await HandOverAsync(marked, actor, situation, stop);
    }

    private async Task<Outcome<Inspection>> HandOverAsync(Row<Inspection> row, Actor actor, Situation situation, CancellationToken stop)
    {
        var inspection = row.Value;
        var issuedOn = inspection.IssuedOn ?? situation.Today;
        foreach (var ofOne in (await DraftsAsync(inspection.Id, stop)).GroupBy(d => d.OrganisationId))
        {
            foreach (var some in ofOne.Chunk(RecommendationsInOneTransaction))
            {
                await WriteAsync([.. some.Select(d => IssueRule.Issued(inspection, d, issuedOn, situation.Calendar))], actor, situation, stop);
            }
        }

        var issued = inspection with { Stage = InspectionStage.Issued };
        return await inspections.ReplaceAsync(row, issued, stop) ? issued : (await inspections.FindAsync(inspection.Id, stop))!.Value;
    }

    private async Task WriteAsync(IReadOnlyList<Recommendation> fresh, Actor actor, Situation situation, CancellationToken stop)
    {
        var (missing, unreadable) = (new List<Recommendation>(), new List<UnreadableRow>());
        foreach (var state in fresh)
        {
            // One that is there and cannot be read was issued before
            var known = unreadable.Count;
            if (await register.FindAsync(state.OrganisationId, state.Id, stop, unreadable) is null && unreadable.Count == known)
            {
                missing.Add(state);
            }
        }

        if (missing.Count == 0)
        {
            return;
        }

        var egt = RegisterTable.Change(missing[0].OrganisationId);
        var opId = Guid.NewGuid().ToString("n");
        foreach (var state in missing)
        {
            await hints.RememberAsync(state.Ask.OpenedOn, state.OrganisationId, state.Id, stop);
            await hints.ListAsync(state, stop);
            var issued = new NewEvent(EventTypes.Issued, new { text = state.Text, organisationId = state.OrganisationId, publishedOn = state.PublishedOn, dueOn = state.Ask.DueOn });
            var (recorded, events) = Record.Append(state, [issued], actor, opId, situation.Now);
            egt.Insert(RegisterTable.StateKey(state.Id), recorded).Insert(RegisterTable.EventKey(state.Id, events[0].Seq), events[0]);
        }

        if (!await register.CommitAsync(egt, stop))
        {
            throw new IOException($"Another process is issuing the recommendations to {missing[0].OrganisationId} at this moment; the next run looks again.");
        }
    }

    private async Task<IReadOnlyList<DraftRecommendation>> DraftsAsync(InspectionId id, CancellationToken stop) =>
        [.. (await inspections.RecommendationsAsync(id, stop)).Select(r => r.Value)];

    private static Refusal Busy() => Refusal.Conflict("Someone else is changing this inspection just now. Look at it again, then try once more.");
}
