using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Email;
using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>How far an inspection's recommendations have come on their way to the organisations.</summary>
public enum InspectionStage
{
    /// <summary>Being written; nobody has been told.</summary>
    Draft,

    /// <summary>Will be issued on the day of publication.</summary>
    Scheduled,

    /// <summary>Being handed to the organisations; an interrupted hand-over is carried on.</summary>
    Issuing,

    /// <summary>With the organisations.</summary>
    Issued,
}

/// <summary>An inspection whose report makes recommendations.</summary>
public sealed record Inspection
{
    public required InspectionId Id { get; init; }

    public required string Title { get; init; }

    public required string Area { get; init; }

    public required string Programme { get; init; }

    /// <summary>The day of publication: day 0 of the deadlines.</summary>
    public required DateOnly PublishedOn { get; init; }

    public string? ReportUrl { get; init; }

    public required Person LeadInspector { get; init; }

    public InspectionStage Stage { get; init; }

    /// <summary>The day on which the recommendations were issued.</summary>
    public DateOnly? IssuedOn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The Idempotency-Key it was registered with, as a hash.</summary>
    public string? KeyHash { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A recommendation while it is a draft; once it is issued, the row says where it is.</summary>
public sealed record DraftRecommendation
{
    public required RecommendationNumber Number { get; init; }

    /// <summary>The responsible organisation, in whose partition the recommendation lives once issued.</summary>
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The full words, at most 5,000 characters.</summary>
    public required string Text { get; init; }

    public string? Theme { get; init; }

    /// <summary>The deadline somebody has given; null for the usual one.</summary>
    public DateOnly? ResponseDueOn { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}
