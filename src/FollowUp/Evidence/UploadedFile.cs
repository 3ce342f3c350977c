using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Evidence;

/// <summary>What may be done with a file.</summary>
public enum FileState
{
    /// <summary>Its bytes are not all stored yet.</summary>
    Uploading,

    /// <summary>Somebody has taken it out of the draft; it goes.</summary>
    Removing,

    /// <summary>Nobody may open it before the scanner has said that it is clean.</summary>
    Awaiting,

    /// <summary>The scanner found nothing; it may be opened.</summary>
    Clean,

    /// <summary>The scanner found something; its bytes are gone.</summary>
    Refused,
}

/// <summary>A file as the register knows it. Its bytes are in Blob Storage under a random name that says nothing.</summary>
public sealed record UploadedFile
{
    public required EvidenceFile File { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required RecommendationId Recommendation { get; init; }

    /// <summary>The name of its blob.</summary>
    public required string Blob { get; init; }

    public required FileState State { get; init; }

    /// <summary>Why it was refused, for people.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The masked address of the link that it came by.</summary>
    public required string UploadedBy { get; init; }

    /// <summary>Whose link that was (<see cref="Link.Holder"/>); null for a file of an earlier release.</summary>
    public string? Holder { get; init; }

    /// <summary>When the scanner decided.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>When it was sent with a report; null while it belongs to the draft.</summary>
    public DateTimeOffset? SentAt { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What may become of a file.</summary>
internal static class FileRule
{
    private static readonly TimeSpan UploadTakes = TimeSpan.FromHours(1);
    private static readonly TimeSpan UnsentKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan DraftKept = TimeSpan.FromDays(365);

    /// <summary>Whether a file that was never sent is no longer needed: 30 days after the upload once no report is asked for, after a year in any case.</summary>
    public static bool IsOrphan(UploadedFile file, Recommendation? state, DateTimeOffset now) => file switch
    {
        { SentAt: not null } => false,
        { State: FileState.Removing } => true,
        { State: FileState.Uploading } => now - file.UploadedAt > UploadTakes,
        _ when state is { Move: null, Ask: { IsOpen: true, Kind: AskKind.Progress } } => now - file.UploadedAt > DraftKept,
        _ => now - file.UploadedAt > UnsentKept,
    };

    /// <summary>What stands in the way of sending these files with a report.</summary>
    /// <param name="unsent">The files of the draft as they are.</param>
    /// <param name="seen">The files that the person's page showed.</param>
    public static IEnumerable<Problem> Check(IReadOnlyList<UploadedFile> unsent, IReadOnlyCollection<string> seen)
    {
        if (!unsent.Select(f => f.File.Id).ToHashSet().SetEquals(seen))
        {
            yield return new Problem("file", "Files were added or removed after you opened this page. Check the list of files, then send again");
        }

        foreach (var refused in unsent.Where(f => f.State == FileState.Refused))
        {
            yield return new Problem("file", $"Remove {refused.File.Name}: {refused.Reason}");
        }

        if (unsent.Count > FileCheck.MostFiles)
        {
            yield return new Problem("file", $"Send {FileCheck.MostFiles} files or fewer: remove {unsent.Count - FileCheck.MostFiles}");
        }
    }
}
