using Azure;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Evidence;

/// <summary>
/// Asks the scanner about files until it has decided. Only this writes that a file may be opened. A crash before the
/// decision is written means that it is asked again; one after it leaves a hint, or bytes of a refused file, which the
/// next run and the sweep take away.
/// </summary>
internal sealed partial class ScanFiles(FilesTable files, FileBlobs blobs, IScanner scanner, RefuseSentFile refuse, SilentScan silent, IClock clock, ILogger<ScanFiles> logger)
{
    private const int Tries = 5;

    /// <summary>Looks at every file that awaits the scanner, as far as the time goes.</summary>
    /// <returns>What failed, in words; the rest was done.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(RunTime time)
    {
        var stop = time.Stop;
        var failures = new List<string>();
        var waiting = new List<UploadedFile>();
        foreach (var hint in await files.ListedAsync(stop))
        {
            if (time.IsUp)
            {
                break;
            }

            try
            {
                waiting.AddRange(await LookAsync(hint, stop) is { } unsettled ? [unsettled] : []);
            }
            catch (Exception failure) when (failure is RequestFailedException or UnreadableRowException)
            {
                failures.Add($"A file that awaits the scanner: {failure.Message}");
            }
        }

        if (waiting.Count > 0)
        {
            ScanFilesLog.Waiting(logger, waiting.Count);
            await silent.TellStaffAsync(waiting, stop);
        }

        return failures;
    }

    /// <summary>Asks about one file and writes what the scanner said.</summary>
    public async Task<UploadedFile> LookAsync(Row<UploadedFile> row, Func<Task<BinaryData>> content, CancellationToken stop)
    {
        var verdict = await scanner.LookAsync(row.Value.Blob, content, stop);
        for (var attempt = 0; attempt < Tries && row.Value.State is FileState.Awaiting or FileState.Uploading; attempt++)
        {
            var after = Settle(row.Value, verdict, clock.UtcNow);
            if (after is { State: FileState.Refused, SentAt: not null })
            {
                after = await refuse.RunAsync(row, after, stop);
                await ForgetBytesAsync(after, stop);
                return after;
            }

            if (after == row.Value || await files.ReplaceAsync(row, after, stop))
            {
                await ForgetBytesAsync(after, stop);
                return after;
            }

            if (await files.FindAsync(row.Value.OrganisationId, row.Value.Recommendation, row.Value.File.Id, stop) is not { } changed)
            {
                return row.Value;
            }

            row = changed;
        }

        return row.Value;
    }

    /// <summary>Takes away the bytes of a file that was refused.</summary>
    public Task ForgetBytesAsync(UploadedFile file, CancellationToken stop) => file.State == FileState.Refused ? blobs.DeleteAsync(file.Blob, stop) : Task.CompletedTask;

    private static UploadedFile Settle(UploadedFile file, Verdict verdict, DateTimeOffset now) => verdict switch
    {
        Verdict.Clean => file with { State = FileState.Clean, SettledAt = now },
        Verdict.Malicious => file with { State = FileState.Refused, SettledAt = now, Reason = "the virus scan found something harmful in it" },
        _ => file with { State = FileState.Awaiting },
    };

    /// <returns>The file, if it still awaits the scanner.</returns>
    private async Task<UploadedFile?> LookAsync(Azure.Data.Tables.TableEntity hint, CancellationToken stop)
    {
        var row = await files.FindAsync(hint, stop);
        if (row is null or { Value.State: FileState.Uploading or FileState.Removing })
        {
            // Perhaps it is being written just now: the sweep takes away what leads nowhere
            return null;
        }

        var file = row.Value.State == FileState.Awaiting ? await LookAsync(row, () => blobs.ReadAsync(row.Value.Blob, stop), stop) : row.Value;
        if (file.State == FileState.Awaiting)
        {
            return file;
        }

        await files.SettledAsync(hint, stop);
        return null;
    }

    private static partial class ScanFilesLog
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Waiting} files await the virus scan; nobody can open them until it answers.")]
        public static partial void Waiting(ILogger logger, int waiting);
    }
}
