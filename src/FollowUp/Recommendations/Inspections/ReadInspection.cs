using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>A recommendation on its inspection's page: as a draft, or as it stands once issued.</summary>
/// <param name="DueOn">The deadline; of a draft, the one it would get if it were issued today or on publication.</param>
internal sealed record InspectedRecommendation(DraftRecommendation Draft, Recommendation? State, DateOnly DueOn);

/// <summary>An inspection with its recommendations, as a page shows them.</summary>
/// <param name="IssueOn">The day on which it was, or would be, issued.</param>
/// <param name="Unreadable">How many recommendations are left out, since their rows cannot be read.</param>
internal sealed record InspectionView(Inspection Inspection, IReadOnlyList<InspectedRecommendation> Recommendations, DateOnly IssueOn, Situation Situation, int Unreadable)
{
    public IEnumerable<DraftRecommendation> Drafts => Recommendations.Select(r => r.Draft);

    public bool IsDraft => Inspection.Stage is InspectionStage.Draft or InspectionStage.Scheduled;
}

/// <summary>Reads an inspection with its recommendations.</summary>
internal sealed class ReadInspection(InspectionsTable inspections, RegisterTable register, ReadSituation readSituation, ReportUnreadable report)
{
    public async Task<InspectionView?> RunAsync(string? text, CancellationToken stop)
    {
        if (!InspectionId.TryParse(text, null, out var id) || await inspections.FindAsync(id, stop) is not { Value: var inspection })
        {
            return null;
        }

        var situation = await readSituation.RunAsync(stop);
        var issueOn = inspection.IssuedOn ?? (inspection.PublishedOn > situation.Today ? inspection.PublishedOn : situation.Today);
        var (recommendations, unreadable) = (new List<InspectedRecommendation>(), new List<UnreadableRow>());
        foreach (var row in await inspections.RecommendationsAsync(id, stop, unreadable))
        {
            var known = unreadable.Count;
            var state = (await register.FindAsync(row.Value.OrganisationId, new RecommendationId(id, row.Value.Number), stop, unreadable))?.Value;
            if (unreadable.Count == known)
            {
                recommendations.Add(new InspectedRecommendation(row.Value, state, state?.Ask.DueOn ?? IssueRule.DueOn(row.Value, inspection, issueOn, situation)));
            }
        }

        await report.RunAsync(unreadable, stop);
        return new InspectionView(inspection, recommendations, issueOn, situation, unreadable.Count);
    }
}
