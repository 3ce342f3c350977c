using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>An inspection together with its recommendations as they stand in the map.</summary>
internal sealed record InspectionWithDrafts(Inspection Inspection, IReadOnlyList<DraftRecommendation> Drafts, bool Repeated = false);

/// <summary>Registers an inspection with its recommendations, as a draft: nobody is told.</summary>
internal sealed class RegisterInspection(InspectionsTable inspections, ReadSituation readSituation)
{
    private const int MostOfOneAreaAndMonth = 99;
    private const int Tries = 10;

    public async Task<Outcome<InspectionWithDrafts>> RunAsync(InspectionForm form, string? repeatKey, CancellationToken stop)
    {
        var keyHash = repeatKey is null ? null : Keys.Hash(repeatKey);
        var situation = await readSituation.RunAsync(stop);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
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
                if (Counts(existing, keyHash, situation))
                {
                    // It came between the two looks.
                    continue;
                }

                return Refusal.Conflict($"“{existing.Title}”, published on {existing.PublishedOn.InWords()}, is registered already as {existing.Id}. Open that one, or give this one another title.", "title");
            }

            if (await ClaimIdAsync(read.Inspection with { KeyHash = keyHash }, stop) is not { } claimed)
            {
                continue;
            }

            if (claimed.Id == default)
            {
                return Refusal.Conflict($"There are {MostOfOneAreaAndMonth} inspections of {read.Inspection.Area} in that month already. Give the area a more exact name.", "area");
            }

            // A lost answer and a lost race look the same: look again, and find what is there.
            if (await inspections.InsertAsync(claimed, read.Drafts, stop))
            {
                return new InspectionWithDrafts(claimed, read.Drafts);
            }
        }

        return Refusal.Conflict("Others are registering inspections just now. Try again in a moment.");
    }

    /// <summary>
    /// Gives the inspection its id. Title and day point to it before it is there, and only one request at a time changes
    /// the pointer: two that register the same inspection at once try for the same id, and one of them gets it. A crash
    /// in between leaves a pointer to an inspection that is not there, which the next one takes over.
    /// </summary>
    /// <returns>The inspection with its id, without one when all are taken; null when somebody was faster.</returns>
    private async Task<Inspection?> ClaimIdAsync(Inspection inspection, CancellationToken stop)
    {
        var pointer = await inspections.FindTitlePointerAsync(inspection, stop);
        var present = pointer?.Id is { } pointed ? (await inspections.FindAsync(pointed, stop))?.Value : null;
        if (present is not null && InspectionsTable.AreTheSame(present, inspection))
        {
            return null;
        }

        var id = present is null && pointer?.Id is { } taken ? taken : await FreeIdAsync(inspection, stop);
        var claimed = inspection with { Id = id };
        if (id != default && pointer?.Id != id && !await inspections.PointTitleToAsync(claimed, pointer?.ETag, stop))
        {
            return null;
        }

        if (id != default)
        {
            await inspections.PointKeyToAsync(claimed, stop);
        }

        return claimed;
    }

    private async Task<InspectionId> FreeIdAsync(Inspection inspection, CancellationToken stop)
    {
        for (var ordinal = 1; ordinal <= MostOfOneAreaAndMonth; ordinal++)
        {
            var id = InspectionId.For(inspection.Area, inspection.PublishedOn, ordinal);
            if (await inspections.FindAsync(id, stop) is null)
            {
                return id;
            }
        }

        return default;
    }

    private async Task<InspectionWithDrafts?> EarlierAsync(string? keyHash, Situation situation, CancellationToken stop)
    {
        if (keyHash is null || await inspections.FindByKeyAsync(keyHash, stop) is not { } id || await inspections.FindAsync(id, stop) is not { } row)
        {
            return null;
        }

        return Counts(row.Value, keyHash, situation)
            ? new InspectionWithDrafts(row.Value, [.. (await inspections.RecommendationsAsync(id, stop)).Select(r => r.Value)], Repeated: true)
            : null;
    }

    private static bool Counts(Inspection earlier, string? keyHash, Situation situation) =>
        keyHash is not null && earlier.KeyHash == keyHash && situation.Now - earlier.CreatedAt < TimeSpan.FromHours(24);

    private async Task<Inspection?> ExistingAsync(Inspection wanted, CancellationToken stop) =>
        await inspections.FindByTitleAsync(wanted.Title, wanted.PublishedOn, stop) is { } id
        && await inspections.FindAsync(id, stop) is { Value: var found }
        && InspectionsTable.AreTheSame(found, wanted)
            ? found
            : null;
}
