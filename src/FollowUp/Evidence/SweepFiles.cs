using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Evidence;

/// <summary>Goes through an organisation's files: leads the scans to those that await them, and takes away those that were never sent.</summary>
internal sealed class SweepFiles(FilesTable files, ScanFiles scan, UploadFile upload, RegisterTable register, IClock clock)
{
    /// <returns>How many hints were written and files taken away.</returns>
    public async Task<int> RunAsync(OrganisationId organisation, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var done = 0;
        await foreach (var row in files.AllAsync(organisation, unreadable, stop))
        {
            try
            {
                done += await LookAsync(row, stop) ? 1 : 0;
            }
            catch (UnreadableRowException damage)
            {
                unreadable.Add(damage.Row);
            }
        }

        return done;
    }

    private async Task<bool> LookAsync(Row<UploadedFile> row, CancellationToken stop)
    {
        var state = row.Value.SentAt is null ? (await register.FindAsync(row.Value.OrganisationId, row.Value.Recommendation, stop))?.Value : null;
        if (FileRule.IsOrphan(row.Value, state, clock.UtcNow))
        {
            return await upload.RemoveAsync(row, stop);
        }

        await scan.ForgetBytesAsync(row.Value, stop);
        if (row.Value.State != FileState.Awaiting)
        {
            return false;
        }

        await files.ListAsync(row.Value, stop);
        return true;
    }
}
