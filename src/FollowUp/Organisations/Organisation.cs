using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Email;

namespace FollowUp.Organisations;

/// <summary>What an organisation is.</summary>
public enum OrganisationKind
{
    /// <summary>A Community Rehabilitation Company.</summary>
    Crc,

    /// <summary>A division of the National Probation Service.</summary>
    Nps,

    /// <summary>The company that owns Community Rehabilitation Companies.</summary>
    Owner,

    /// <summary>HM Prison and Probation Service.</summary>
    Hmpps,

    /// <summary>Police, a local authority, a youth offending service and others.</summary>
    Other,
}

/// <summary>What a contact is to the organisation.</summary>
public enum ContactRole
{
    /// <summary>Gets every notice and reminder; without one nothing is issued to the organisation.</summary>
    Main,

    /// <summary>Is added from the last reminder before the deadline.</summary>
    Second,

    /// <summary>Is added when the answer is five working days overdue.</summary>
    Director,
}

/// <summary>A person of an organisation, for the days (both included) on which they hold the role.</summary>
public sealed record Contact(string Name, EmailAddress Email, ContactRole Role, DateOnly? From = null, DateOnly? Until = null)
{
    public bool IsValidOn(DateOnly day) => (From is not { } from || from <= day) && (Until is not { } until || day <= until);
}

/// <summary>An organisation that recommendations are made to.</summary>
public sealed record Organisation
{
    public required OrganisationId Id { get; init; }

    public required string Name { get; init; }

    public required OrganisationKind Kind { get; init; }

    /// <summary>The organisation one level up, or none.</summary>
    public OrganisationId? EscalatesTo { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Mail domains of its own people.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The last day of its existence, when it ended.</summary>
    public DateOnly? Until { get; init; }

    public OrganisationId? Successor { get; init; }

    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>What a newer release has written and this one does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public bool HasEndedOn(DateOnly day) => Until is { } until && until < day;

    public IEnumerable<Contact> ContactsOn(DateOnly day, params IEnumerable<ContactRole> roles) =>
        Contacts.Where(c => c.IsValidOn(day) && roles.Contains(c.Role));
}
