using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Which recommendations somebody wants to see; every part may be left out.</summary>
public sealed record RecommendationFilter
{
    public RecommendationStatus? Status { get; init; }

    public OrganisationId? Organisation { get; init; }

    /// <summary>The organisation above: those of all organisations that escalate to it.</summary>
    public OrganisationId? Owner { get; init; }

    public InspectionId? Inspection { get; init; }

    /// <summary>Something is owed, and due before this day.</summary>
    public DateOnly? DueBefore { get; init; }

    /// <summary>Words that must stand in the recommendation, its theme or its inspection's title.</summary>
    public string? Query { get; init; }

    internal bool Takes(Recommendation state, Inspection inspection) =>
        (Status is not { } status || state.Status == status)
        && (Inspection is not { } id || state.Id.Inspection == id)
        && (DueBefore is not { } before || state.Ask.IsOpen && state.Ask.DueOn < before)
        && (Query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            state.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
            || state.Theme?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
            || inspection.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
            || state.Id.ToString().Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A recommendation with the inspection that made it.</summary>
public sealed record FoundRecommendation(Recommendation State, Inspection Inspection);

/// <summary>A page of what was found. Fewer items with a continuation are no end: there may be more behind it.</summary>
/// <param name="Continuation">Where to go on; null at the end.</param>
/// <param name="Unreadable">How many rows on the way cannot be read: what they are about is left out, if it belongs here.</param>
public sealed record FoundPage(IReadOnlyList<FoundRecommendation> Items, string? Continuation, int Unreadable = 0);

/// <summary>Finds issued recommendations, organisation by organisation; drafts are shown with their inspection.</summary>
internal sealed class FindRecommendations(RegisterTable register, InspectionsTable inspections, OrganisationsTable organisations, Hints hints, ReportUnreadable report)
{
    private const int PageSize = 50;
    private const int MostOrganisationsAPage = 60;

    public async Task<FoundPage> RunAsync(RecommendationFilter filter, string? continuation, CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var wanted = await WantedAsync(filter, unreadable, stop);
        var items = new List<FoundRecommendation>();
        var read = new Dictionary<InspectionId, Inspection?>();
        var (startAt, after) = Position(continuation, wanted);
        var last = after;
        for (var at = startAt; at < wanted.Count; at++)
        {
            last = at == startAt ? after : "";
            if (at - startAt >= MostOrganisationsAPage)
            {
                return await PageAsync(items, $"{wanted[at]}|", unreadable, stop);
            }

            await foreach (var row in register.RecommendationsOfAsync(wanted[at], unreadable, stop))
            {
                if (at == startAt && string.CompareOrdinal(row.RowKey, after) <= 0)
                {
                    continue;
                }

                if (items.Count == PageSize)
                {
                    return await PageAsync(items, $"{wanted[at]}|{last}", unreadable, stop);
                }

                last = row.RowKey;
                if (await InspectionAsync(row.Value.Id.Inspection, read, unreadable, stop) is { } inspection && filter.Takes(row.Value, inspection))
                {
                    items.Add(new FoundRecommendation(row.Value, inspection));
                }
            }
        }

        return await PageAsync(items, null, unreadable, stop);
    }

    /// <summary>One recommendation with its inspection.</summary>
    public async Task<FoundRecommendation?> FindAsync(RecommendationId id, CancellationToken stop)
    {
        if (await inspections.FindRecommendationAsync(id, stop) is not { } map
            || await register.FindAsync(map.Value.OrganisationId, id, stop) is not { } row
            || await inspections.FindAsync(id.Inspection, stop) is not { } inspection)
        {
            return null;
        }

        return new FoundRecommendation(row.Value, inspection.Value);
    }

    /// <summary>What staff have to judge or decide, the longest waiting first.</summary>
    public Task<FoundPage> AwaitingReviewAsync(int most, CancellationToken stop) =>
        FromListAsync(Worklist.AwaitingReview, s => s.AwaitsReview, most, stop);

    /// <summary>What is owed, the earliest deadline first.</summary>
    public Task<FoundPage> OpenByDeadlineAsync(int most, CancellationToken stop) =>
        FromListAsync(Worklist.Open, s => s.Ask.IsOpen, most, stop);

    private async Task<FoundPage> FromListAsync(string worklist, Func<Recommendation, bool> belongs, int most, CancellationToken stop)
    {
        var (items, unreadable) = (new List<FoundRecommendation>(), new List<UnreadableRow>());
        var read = new Dictionary<InspectionId, Inspection?>();
        await foreach (var (organisation, id) in hints.WorklistAsync(worklist, stop))
        {
            if (await register.FindAsync(organisation, id, stop, unreadable) is { Value: { Move: null } state } && belongs(state) && await InspectionAsync(id.Inspection, read, unreadable, stop) is { } inspection)
            {
                items.Add(new FoundRecommendation(state, inspection));
            }

            if (items.Count == most)
            {
                break;
            }
        }

        // What led there may be of an earlier day
        return await PageAsync([.. items.OrderBy(i => worklist == Worklist.Open ? i.State.Ask.DueOn : i.State.AwaitsReviewSince)], null, unreadable, stop);
    }

    private async Task<FoundPage> PageAsync(IReadOnlyList<FoundRecommendation> items, string? continuation, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        await report.RunAsync(unreadable, stop);
        return new FoundPage(items, continuation, unreadable.Distinct().Count());
    }

    private async Task<List<OrganisationId>> WantedAsync(RecommendationFilter filter, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        var directory = await organisations.ReadAllAsync(stop);
        var ofInspection = filter.Inspection is { } inspection
            ? (await inspections.RecommendationsAsync(inspection, stop, unreadable)).Select(r => r.Value.OrganisationId).ToHashSet()
            : null;
        if (filter.Owner is not null)
        {
            // Nobody knows to whom they escalate
            unreadable.AddRange(directory.Unreadable);
        }

        return
        [
            .. from id in directory.Ids
               where filter.Organisation is not { } one || id == one
               where filter.Owner is not { } owner || directory.Find(id)?.EscalatesTo == owner
               where ofInspection is null || unreadable.Count > 0 || ofInspection.Contains(id)
               select id,
        ];
    }

    private static (int At, string After) Position(string? continuation, List<OrganisationId> wanted)
    {
        if (continuation?.Split('|', 2) is not [var organisation, var after])
        {
            return (0, "");
        }

        var at = wanted.FindIndex(o => string.CompareOrdinal(o.ToString(), organisation) >= 0);
        return at < 0 ? (wanted.Count, "") : (at, wanted[at].ToString() == organisation ? after : "");
    }

    private async Task<Inspection?> InspectionAsync(InspectionId id, Dictionary<InspectionId, Inspection?> read, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        if (!read.TryGetValue(id, out var inspection))
        {
            inspection = (await inspections.FindAsync(id, stop, unreadable))?.Value;
            read[id] = inspection;
        }

        return inspection;
    }
}
