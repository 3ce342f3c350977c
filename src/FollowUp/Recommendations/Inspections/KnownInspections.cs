using System.Collections.Concurrent;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Inspections as they were read, kept while nobody changes what many readers keep.</summary>
internal sealed class KnownInspections(InspectionsTable inspections, TimeProvider real)
{
    private readonly Kept<ConcurrentDictionary<InspectionId, Inspection>> kept = new(real);

    /// <param name="stamp">The stamp as it was read before.</param>
    /// <param name="id">The inspection.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes its row if it cannot be read.</param>
    public async Task<Inspection?> FindAsync(string? stamp, InspectionId id, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        var known = await kept.GetAsync(stamp, () => Task.FromResult(new ConcurrentDictionary<InspectionId, Inspection>()));
        if (!known.TryGetValue(id, out var inspection) && (inspection = (await inspections.FindAsync(id, stop, unreadable))?.Value) is not null)
        {
            known[id] = inspection;
        }

        return inspection;
    }
}
