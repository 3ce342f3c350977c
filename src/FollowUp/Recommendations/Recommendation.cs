using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>Where a recommendation stands. Overdue and late are read from dates and never stored.</summary>
public enum RecommendationStatus
{
    /// <summary>Registered, not issued.</summary>
    Draft,

    /// <summary>The organisation owes its answer.</summary>
    AwaitingResponse,

    /// <summary>The organisation has answered; staff have still to judge.</summary>
    Responded,

    /// <summary>The answer is accepted and its actions are being carried out.</summary>
    InProgress,

    /// <summary>The organisation says that everything is done.</summary>
    ReportedComplete,

    /// <summary>Nothing more is asked.</summary>
    Closed,
}

/// <summary>
/// The state of one recommendation: what its events add up to. It is written with the events, in one transaction.
/// </summary>
public sealed record Recommendation
{
    public required RecommendationId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string Text { get; init; }

    public string? Theme { get; init; }

    public required RecommendationStatus Status { get; init; }

    /// <summary>Raised by people's commands alone; the ETag of the API.</summary>
    public int Version { get; init; } = 1;

    public required DateOnly PublishedOn { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>What the organisation owes, or owed last; open until it answers or staff close.</summary>
    public required Ask Ask { get; init; }

    public Answer? Answer { get; init; }

    public IReadOnlyList<ProgressUpdate> Updates { get; init; } = [];

    /// <summary>Staff's latest judgement.</summary>
    public Review? Review { get; init; }

    public Closure? Closure { get; init; }

    /// <summary>The organisation's request for more time that staff have not decided yet.</summary>
    public TimeRequest? TimeRequest { get; init; }

    /// <summary>Set once it goes to another organisation: this row is then only a pointer.</summary>
    public Move? Move { get; init; }

    public int LastEvent { get; init; }

    public string LastHash { get; init; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Whether staff have something to judge or decide: an answer, an update, a request for more time, or whether to close what nothing more is asked of.</summary>
    [JsonIgnore]
    public bool AwaitsReview => AwaitsJudgement || TimeRequest is not null;

    /// <summary>The day from which the deadline is counted: publication for the answer that issuing asked for, else the day of asking.</summary>
    [JsonIgnore]
    public DateOnly DayZero => Ask is { Kind: AskKind.Response, OpenedAs: 1 } ? PublishedOn : Ask.OpenedOn;

    /// <summary>The London day since which it waits for staff, the longest waiting thing first; null when it does not.</summary>
    [JsonIgnore]
    public DateOnly? AwaitsReviewSince => new[] { JudgementAwaitedSince, TimeRequest?.All.First().At.LondonDate() }.Min();

    /// <summary>Whether everything that was sent is judged, so that only closing is left to decide.</summary>
    [JsonIgnore]
    public bool AwaitsClosing => Status switch
    {
        RecommendationStatus.Responded => Review is not null,
        RecommendationStatus.ReportedComplete => Updates is [.., { Judgement: not null }],
        _ => false,
    };

    /// <summary>Whether the organisation owes something that is past the deadline that holds on the day.</summary>
    public bool IsOverdueOn(DateOnly today, WorkingCalendar calendar) => Ask.IsOpen && !Ask.IsPausedOn(today) && today > Ask.DueBy(today, calendar);

    private bool AwaitsJudgement =>
        Status is RecommendationStatus.Responded or RecommendationStatus.ReportedComplete
        || Status is RecommendationStatus.InProgress && Updates is [.., { Judgement: null }];

    private DateOnly? JudgementAwaitedSince =>
        !AwaitsJudgement ? null
        : AwaitsClosing && Review is { } review ? review.At.LondonDate()
        : Ask.ClosedOn ?? Ask.OpenedOn;
}

/// <summary>A recommendation's way to another organisation. While it is under way it is neither chased nor answered.</summary>
/// <param name="To">The organisation that takes it over.</param>
/// <param name="DueOn">The deadline of the new ask.</param>
/// <param name="Arrived">Whether the copy is complete and the map leads there.</param>
/// <param name="RepeatKey">The key of the command, so that repeating it finds its trace at the new place too.</param>
public sealed record Move(OrganisationId To, DateOnly DueOn, string Reason, Actor By, string OpId, bool Arrived, string? RepeatKey = null);
