using FollowUp.Organisations;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>An inspection together with its recommendations as they stand in the map.</summary>
internal sealed record InspectionWithDrafts(Inspection Inspection, IReadOnlyList<DraftRecommendation> Drafts, bool Repeated = false);

/// <summary>Registers an inspection with its recommendations, as a draft: nobody is told.</summary>
internal sealed class RegisterInspection(InspectionsTable inspections, ReadSituation readSituation)
{
    private const int MostOfOneAreaAndMonth = 99;

    public async Task<Outcome<InspectionWithDrafts>> RunAsync(InspectionForm form, string? repeatKey, CancellationToken stop)
    {
        var keyHash = repeatKey is null ? null : Keys.Hash(repeatKey);
        var situation = await readSituation.RunAsync(stop);
        if (await EarlierAsync(keyHash, situation, stop) is { } earlier)
        {
            return earlier;
        }

        if (form.Read(situation.Directory, situation.Calendar, situation.Today, situation.Now).IsRefused(out var refusal, out var read))
        {
            return refusal;
        }

        if (await ExistingAsync(read.Inspection, stop) is { } existing)
        {
            return Refusal.Conflict($"“{existing.Title}”, published on {existing.PublishedOn:d MMMM yyyy}, is registered already as {existing.Id}. Open that one, or give this one another title.", "title");
        }

        for (var ordinal = 1; ordinal <= MostOfOneAreaAndMonth; ordinal++)
        {
            var inspection = read.Inspection with { Id = InspectionId.For(read.Inspection.Area, read.Inspection.PublishedOn, ordinal), KeyHash = keyHash };
            if (await inspections.FindAsync(inspection.Id, stop) is not null)
            {
                continue;
            }

            // The hints come first: a crash in between leaves a hint to an inspection that is not there, which readers see through.
            await inspections.PointToAsync(inspection, stop);
            if (await inspections.InsertAsync(inspection, read.Drafts, stop))
            {
                return new InspectionWithDrafts(inspection, read.Drafts);
            }
        }

        return Refusal.Conflict($"There are {MostOfOneAreaAndMonth} inspections of {read.Inspection.Area} in that month already. Give the area a more exact name.", "area");
    }

    private async Task<InspectionWithDrafts?> EarlierAsync(string? keyHash, Situation situation, CancellationToken stop)
    {
        if (keyHash is null || await inspections.FindByKeyAsync(keyHash, stop) is not { } id || await inspections.FindAsync(id, stop) is not { } row)
        {
            return null;
        }

        var counts = row.Value.KeyHash == keyHash && situation.Now - row.Value.CreatedAt < TimeSpan.FromHours(24);
        return counts
            ? new InspectionWithDrafts(row.Value, [.. (await inspections.RecommendationsAsync(id, stop)).Select(r => r.Value)], Repeated: true)
            : null;
    }

    private async Task<Inspection?> ExistingAsync(Inspection wanted, CancellationToken stop) =>
        await inspections.FindByTitleAsync(wanted.Title, wanted.PublishedOn, stop) is { } id
        && await inspections.FindAsync(id, stop) is { Value: var found }
        && string.Equals(found.Title, wanted.Title, StringComparison.OrdinalIgnoreCase)
        && found.PublishedOn == wanted.PublishedOn
            ? found
            : null;
}
