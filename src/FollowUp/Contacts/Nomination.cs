using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Contacts;

/// <summary>How far a nomination has come.</summary>
public enum NominationStatus
{
    /// <summary>Staff have to decide, since the address is at none of the organisation's own domains.</summary>
    Waiting,

    /// <summary>It is being carried out; if that was interrupted, the sweep carries it on.</summary>
    Agreed,

    /// <summary>The directory has the contact, and everybody has been written to.</summary>
    Done,

    /// <summary>Staff did not agree.</summary>
    Refused,
}

/// <summary>A contact that somebody has named by their link.</summary>
public sealed record Nomination
{
    /// <summary>The day and a number: <c>2017-09-14-01</c>.</summary>
    public required string Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Who was named, and as what.</summary>
    public required Contact Contact { get; init; }

    /// <summary>Whether whoever named them leaves.</summary>
    public required bool Replaces { get; init; }

    /// <summary>Whose link it was.</summary>
    public required Recipient By { get; init; }

    /// <summary>The link that it was done by.</summary>
    public required string LinkId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required NominationStatus Status { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who of the staff decided; null where nobody had to.</summary>
    public string? DecidedBy { get; init; }
}
