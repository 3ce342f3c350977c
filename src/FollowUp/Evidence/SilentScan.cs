using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Evidence;

/// <summary>Files that nobody may open, since the scanner has not answered.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Since">When the oldest of them was uploaded.</param>
/// <param name="IsSilent">Whether that is longer than a scan takes.</param>
internal sealed record AwaitedScans(int Count, DateTimeOffset Since, bool IsSilent);

/// <summary>Looks out for a scanner that says nothing: evidence that nobody can open must not wait unseen.</summary>
internal sealed class SilentScan(FilesTable files, TasksTable tasks, IOptions<EvidenceSettings> settings, IClock clock)
{
    /// <summary>What awaits the scanner now; null when nothing does.</summary>
    public async Task<AwaitedScans?> ReadAsync(CancellationToken stop)
    {
        var waiting = new List<UploadedFile>();
        foreach (var hint in await files.ListedAsync(stop))
        {
            try
            {
                waiting.AddRange(await files.FindAsync(hint, stop) is { Value: { State: FileState.Awaiting } file } ? [file] : []);
            }
            catch (UnreadableRowException)
            {
                // The sweep has given staff a task about it
            }
        }

        return waiting.Count == 0 ? null : new AwaitedScans(waiting.Count, waiting.Min(f => f.UploadedAt), waiting.Any(IsSilentAbout));
    }

    /// <summary>Gives staff one task for each London day on which the scanner fell silent, however many files there are.</summary>
    public async Task TellStaffAsync(IEnumerable<UploadedFile> waiting, CancellationToken stop)
    {
        foreach (var day in waiting.Where(IsSilentAbout).GroupBy(f => f.UploadedAt.LondonDate()))
        {
            await tasks.OpenAsync(TaskOf(day.Key, day.MinBy(f => f.UploadedAt)!), stop);
        }
    }

    private bool IsSilentAbout(UploadedFile file) => clock.UtcNow - file.UploadedAt >= TimeSpan.FromMinutes(settings.Value.SilentAfterMinutes);

    private StaffTask TaskOf(DateOnly day, UploadedFile first) => new()
    {
        Key = "scan|" + day.Iso(),
        Kind = TaskKind.ScanSilent,
        OrganisationId = OrganisationId.Staff,
        What = "Have the virus scan looked at: it does not answer",
        Why = $"{first.File.Name}, on recommendation {first.Recommendation}, has awaited it since {first.UploadedAt.InWords()}, and there may be others. Nobody can open a file before the scan has answered. It is asked again every 10 minutes.",
        Since = clock.UtcNow,
    };
}
