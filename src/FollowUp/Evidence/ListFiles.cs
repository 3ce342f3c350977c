using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Evidence;

/// <summary>A file as a page shows it; null where its organisation is another one, or it is gone.</summary>
internal sealed record ShownFile(EvidenceFile File, FileState? State, string? Reason);

/// <summary>Finds the files that belong to a report, and whether they may be opened.</summary>
internal sealed class ListFiles(FilesTable files, InspectionsTable inspections, RegisterTable register)
{
    public async Task<IReadOnlyList<ShownFile>> RunAsync(RecommendationId id, IReadOnlyList<EvidenceFile> sent, bool forStaff, CancellationToken stop)
    {
        var known = new Dictionary<string, UploadedFile>();
        await foreach (var organisation in OrganisationsAsync(id, forStaff, stop))
        {
            foreach (var row in await files.OfAsync(organisation, id, stop, []))
            {
                known[row.Value.File.Id] = row.Value;
            }
        }

        return [.. sent.Select(file => new ShownFile(file, known.GetValueOrDefault(file.Id)?.State, known.GetValueOrDefault(file.Id)?.Reason))];
    }

    /// <summary>A file that was sent, for staff: at the organisation that has the recommendation, or had it.</summary>
    public async Task<UploadedFile?> FindForStaffAsync(RecommendationId id, string fileId, CancellationToken stop)
    {
        await foreach (var organisation in OrganisationsAsync(id, forStaff: true, stop))
        {
            if (await files.FindAsync(organisation, id, fileId, stop) is { Value.SentAt: not null } row)
            {
                return row.Value;
            }
        }

        return null;
    }

    private async IAsyncEnumerable<OrganisationId> OrganisationsAsync(RecommendationId id, bool forStaff, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (await inspections.FindRecommendationAsync(id, stop) is not { } map)
        {
            yield break;
        }

        yield return map.Value.OrganisationId;
        if (!forStaff)
        {
            yield break;
        }

        foreach (var earlier in (await register.EventsAsync(map.Value.OrganisationId, id, 0, stop, [])).Select(EventStory.CameFrom).OfType<OrganisationId>().Distinct().Where(o => o != map.Value.OrganisationId))
        {
            yield return earlier;
        }
    }
}
