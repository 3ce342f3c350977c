using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>A recommendation on its inspection's page: as a draft, or as it stands once issued.</summary>
/// <param name="DueOn">The deadline; of a draft, the one it would get if it were issued today or on publication.</param>
internal sealed record InspectedRecommendation(DraftRecommendation Draft, Recommendation? State, DateOnly DueOn);

/// <summary>An inspection with its recommendations, as the pages and the API show them.</summary>
/// <param name="ETag">The version of the inspection's own row.</param>
/// <param name="IssueOn">The day on which it was, or would be, issued.</param>
/// <param name="Unreadable">How many recommendations are left out, since their rows cannot be read.</param>
internal sealed record ReadableInspection(Inspection Inspection, string ETag, IReadOnlyList<InspectedRecommendation> Recommendations, DateOnly IssueOn, Situation Situation, int Unreadable)
{
    public IEnumerable<DraftRecommendation> Drafts => Recommendations.Select(r => r.Draft);

    public bool IsDraft => Inspection.Stage is InspectionStage.Draft or InspectionStage.Scheduled;
}

/// <summary>Reads an inspection with its recommendations: one request for each organisation that they are with.</summary>
internal sealed class ReadInspection(InspectionsTable inspections, RegisterTable register, ReadSituation readSituation, ReportUnreadable report)
{
    public async Task<ReadableInspection?> RunAsync(string? text, CancellationToken stop) =>
        InspectionId.TryParse(text, null, out var id) ? await RunAsync(id, stop) : null;

    public async Task<ReadableInspection?> RunAsync(InspectionId id, CancellationToken stop)
    {
        if (await inspections.FindAsync(id, stop) is not { Value: var inspection } row)
        {
            return null;
        }

        var situation = await readSituation.RunAsync(stop);
        var issueOn = inspection.IssuedOn ?? (inspection.PublishedOn > situation.Today ? inspection.PublishedOn : situation.Today);
        var unreadable = new List<UnreadableRow>();
        var drafts = (await inspections.RecommendationsAsync(id, stop, unreadable)).Select(r => r.Value).ToList();
        var states = await StatesAsync(id, drafts, unreadable, stop);
        await report.RunAsync(unreadable, stop);
        var readable = from draft in drafts
                       where !unreadable.Any(damage => (damage.PartitionKey, damage.RowKey) == (draft.OrganisationId.ToString(), RegisterTable.StateKey(new RecommendationId(id, draft.Number))))
                       let state = states.GetValueOrDefault((draft.OrganisationId, draft.Number))
                       select new InspectedRecommendation(draft, state, state?.Ask.DueOn ?? IssueRule.DueOn(draft, inspection, issueOn, situation));
        return new ReadableInspection(inspection, row.ETag.ToString(), [.. readable], issueOn, situation, unreadable.Count);
    }

    private async Task<Dictionary<(OrganisationId, RecommendationNumber), Recommendation>> StatesAsync(InspectionId id, IEnumerable<DraftRecommendation> drafts, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        var states = new Dictionary<(OrganisationId, RecommendationNumber), Recommendation>();
        foreach (var ofOne in drafts.GroupBy(draft => draft.OrganisationId, draft => new RecommendationId(id, draft.Number)))
        {
            await foreach (var row in register.RowsOfAsync(ofOne.Key, ofOne, stop, unreadable))
            {
                states[(ofOne.Key, row.Value.Id.Number)] = row.Value;
            }
        }

        return states;
    }
}
