using System.Security.Cryptography;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Evidence;

/// <summary>
/// Takes a file into the draft of a report. The row comes before the bytes, so that a crash leaves a row that the sweep
/// takes away with whatever was written of them, and never bytes that nobody knows of.
/// </summary>
internal sealed class UploadFile(FilesTable files, FileBlobs blobs, ScanFiles scan, IClock clock)
{
    /// <param name="name">The file's name as the browser sent it.</param>
    /// <param name="content">The bytes, or the beginning of too many.</param>
    /// <param name="length">How many bytes were sent.</param>
    public async Task<Outcome<UploadedFile>> RunAsync(Link link, RecommendationId id, string name, byte[] content, long length, CancellationToken stop)
    {
        if (FileCheck.Check(name, content, length).IsRefused(out var refusal, out var kind))
        {
            return refusal;
        }

        var unsent = await files.UnsentAsync(link.OrganisationId, id, stop);
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        if (unsent.FirstOrDefault(f => f.Value.File.Sha256 == digest && f.Value.File.Name == name && f.Value.State != FileState.Refused) is { } same)
        {
            return same.Value;
        }

        if (unsent.Count >= FileCheck.MostFiles)
        {
            return Refusal.Invalid("file", $"You can send {FileCheck.MostFiles} files with a report. Remove one before you upload another");
        }

        var file = new UploadedFile
        {
            File = new EvidenceFile(Guid.CreateVersion7().ToString("n"), name, kind, content.Length, digest),
            OrganisationId = link.OrganisationId,
            Recommendation = id,
            Blob = FileBlobs.NewName(),
            State = FileState.Uploading,
            UploadedAt = clock.UtcNow,
            UploadedBy = link.Contact.Email.Masked,
            Holder = link.Holder,
        };
        await files.InsertAsync(file, stop);
        await blobs.WriteAsync(file.Blob, content, stop);
        return await ScanAsync(file, content, stop);
    }

    /// <summary>Takes a file out of the draft; one that is gone is no fault.</summary>
    /// <returns>False when it was sent and stays.</returns>
    public async Task<bool> RemoveAsync(Link link, RecommendationId id, string fileId, CancellationToken stop)
    {
        if (await files.FindAsync(link.OrganisationId, id, fileId, stop) is not { } row)
        {
            return true;
        }

        return row.Value.SentAt is null && await RemoveAsync(row, stop);
    }

    /// <summary>Takes away a file that was never sent: it is marked first, so that nobody sends it meanwhile; then its bytes go, then its row.</summary>
    internal async Task<bool> RemoveAsync(Row<UploadedFile> row, CancellationToken stop)
    {
        var going = row.Value with { State = FileState.Removing };
        if (row.Value.State != FileState.Removing && !await files.ReplaceAsync(row, going, stop))
        {
            return false;
        }

        await blobs.DeleteAsync(row.Value.Blob, stop);
        return await files.FindAsync(going.OrganisationId, going.Recommendation, going.File.Id, stop) is not { } left || await files.DeleteAsync(left, stop);
    }

    private async Task<Outcome<UploadedFile>> ScanAsync(UploadedFile file, byte[] content, CancellationToken stop)
    {
        if (await files.FindAsync(file.OrganisationId, file.Recommendation, file.File.Id, stop) is not { Value.State: FileState.Uploading } row)
        {
            // Storing it took so long that the sweep gave it up
            await blobs.DeleteAsync(file.Blob, stop);
            return Refusal.Conflict("The file could not be stored. Upload it again", "file");
        }

        var scanned = await scan.LookAsync(row, () => Task.FromResult(new BinaryData(content)), stop);
        if (scanned.State != FileState.Refused)
        {
            return scanned;
        }

        await RemoveAsync(scanned, stop);
        return Refusal.Invalid("file", "The virus scan found something harmful in the file. It was not kept");
    }

    private async Task RemoveAsync(UploadedFile file, CancellationToken stop)
    {
        if (await files.FindAsync(file.OrganisationId, file.Recommendation, file.File.Id, stop) is { } row)
        {
            await RemoveAsync(row, stop);
        }
    }
}
