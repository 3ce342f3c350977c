using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>What a person of the staff must do something about.</summary>
public enum TaskKind
{
    /// <summary>An organisation has nobody who can be written to.</summary>
    NoContact,

    /// <summary>An organisation that owes something has ended.</summary>
    OrganisationEnded,

    /// <summary>The ladder has ended without an answer.</summary>
    LadderEnded,

    /// <summary>An email could not be sent.</summary>
    EmailFailed,

    /// <summary>An address bounced, dropped or complained.</summary>
    AddressSuspended,

    /// <summary>A day's chasing has come to its limit.</summary>
    SendingHeld,

    /// <summary>A row cannot be read by this release.</summary>
    UnreadableRow,

    /// <summary>The bank holidays are known for less than a year.</summary>
    HolidaysRunOut,

    /// <summary>An organisation has named a contact at an address that is not its own.</summary>
    ContactNamed,

    /// <summary>An organisation has sent a note on a recommendation that is closed.</summary>
    NoteReceived,

    /// <summary>The virus scan refused a file after its report was sent.</summary>
    EvidenceRefused,

    /// <summary>The virus scan has not answered about a file for long.</summary>
    ScanSilent,

    /// <summary>Nobody has said what became of emails that SendGrid took days ago.</summary>
    EmailsUnconfirmed,

    /// <summary>An inspection could not be issued on its day.</summary>
    InspectionNotIssued,
}

/// <summary>Something that staff must do: what, why, since when.</summary>
public sealed record StaffTask
{
    /// <summary>Names the task within its organisation; the same cause makes the same key.</summary>
    public required string Key { get; init; }

    public required TaskKind Kind { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public RecommendationId? Recommendation { get; init; }

    public required string What { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The message that gave cause.</summary>
    public string? Mid { get; init; }

    /// <summary>Tells one cause from another under the same key, where no message does: a task that was done is opened again by another cause.</summary>
    public string? Cause { get; init; }

    /// <summary>What is to be decided, where the task is about something that has an id of its own.</summary>
    public string? Subject { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>The key of the task about an inspection that could not be issued.</summary>
    internal static string IssueKey(InspectionId id) => $"issue|{id}";

    /// <summary>The key of the task about an ask that rests with staff.</summary>
    internal static string RestsKey(RecommendationId id, int askVersion) => $"rests|{id.Inspection}|{id.Number.Padded}|{askVersion}";
}
