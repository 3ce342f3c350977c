using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>What an email is for; also its category at SendGrid. The first four chase.</summary>
public enum MessageKind
{
    Notice,
    Reminder,
    Overdue,
    Escalation,
    Change,
    Receipt,
    Code,
    Decision,
    Link,
    StaffDigest,
}

/// <summary>What has become of an email on our side.</summary>
public enum MessageStatus
{
    /// <summary>Part of a plan that is still being written.</summary>
    Planning,

    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>Being sent by somebody who holds the lease.</summary>
    Claimed,

    /// <summary>SendGrid has taken it.</summary>
    Accepted,

    /// <summary>It may have been taken: no answer came.</summary>
    Unknown,

    /// <summary>Refused for good, or given up: nobody knows then whether it arrived.</summary>
    Failed,

    /// <summary>Not sent on its day.</summary>
    Withdrawn,

    /// <summary>Not sent because the address is not on the allow-list of this environment.</summary>
    Withheld,

    /// <summary>Not sent because there was no reason left to.</summary>
    Cancelled,
}

/// <summary>What the recipient is to the recommendation.</summary>
public enum Relation
{
    /// <summary>A contact of the responsible organisation: may answer.</summary>
    Own,

    /// <summary>A contact of an organisation above: may read.</summary>
    Upward,

    /// <summary>The inspectorate's own staff: uses the staff pages.</summary>
    Staff,
}

/// <summary>Who gets a message.</summary>
public sealed record Recipient(string Name, EmailAddress Email, Relation Relation, ContactRole? Role = null, OrganisationId? Of = null);

/// <summary>A recommendation in a message, and the step of the ladder that put it there.</summary>
/// <param name="AskVersion">The version of the ask that the step was decided for.</param>
/// <param name="Step">The number of the step; null in a message that is no chasing.</param>
public sealed record MessageItem(RecommendationId Recommendation, int AskVersion, int? Step = null);

/// <summary>Something that happened to a message.</summary>
/// <param name="EventId">SendGrid's id of the event, which makes a repeated one harmless.</param>
public sealed record DeliveryEvent(DateTimeOffset At, string What, string? Detail = null, string? EventId = null);

/// <summary>One email to one person, and its story.</summary>
public sealed record Message
{
    /// <summary>The message's id, which travels with it and comes back with every event about it.</summary>
    public required string Mid { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required MessageKind Kind { get; init; }

    public required Recipient Recipient { get; init; }

    public required IReadOnlyList<MessageItem> Items { get; init; }

    /// <summary>What the letter says, where it is about something that happened; null for chasing, which is written from the register when it is sent.</summary>
    public Letter? Letter { get; init; }

    /// <summary>The London day on which it lives.</summary>
    public required DateOnly On { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Since when what it says has been due, where that is earlier: a message of a former day was not sent.</summary>
    public DateTimeOffset? DueSince { get; init; }

    public MessageStatus Status { get; init; } = MessageStatus.Pending;

    /// <summary>Not to be sent before this moment (the service’s clock).</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when the sender may use its claim (real time).</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Whether it repeats one of an earlier day of which nobody knows whether it arrived.</summary>
    public bool Repeats { get; init; }

    /// <summary>The first message that this one stands in for, whose recipient could not be reached.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>The message that stands in for this one.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>How often it may have left this machine.</summary>
    public int Attempts { get; init; }

    /// <summary>How often it was refused for now, without having been taken.</summary>
    public int Refusals { get; init; }

    public string? Subject { get; init; }

    /// <summary>SendGrid's own id of it.</summary>
    public string? ProviderId { get; init; }

    /// <summary>What happened to it, in the order in which it was learned.</summary>
    public IReadOnlyList<DeliveryEvent> Timeline { get; init; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>What happened to it, the earliest first. SendGrid tells whole seconds: within one, as it was learned.</summary>
    [JsonIgnore]
    public IReadOnlyList<DeliveryEvent> TimelineInOrder => [.. Timeline.OrderBy(e => e.At.ToUnixTimeSeconds())];

    /// <summary>Since when it waits to be sent: one that was planned for a later day does not wait before that.</summary>
    [JsonIgnore]
    public DateTimeOffset WaitingSince => DueSince ?? (PlannedAt.LondonDate() < On ? LondonTime.At(On, TimeOnly.MinValue) : PlannedAt);

    [JsonIgnore]
    public bool IsChasing => Kind is MessageKind.Notice or MessageKind.Reminder or MessageKind.Overdue or MessageKind.Escalation;

    /// <summary>Whether what falls due later that day still joins it.</summary>
    [JsonIgnore]
    public bool TakesMore => Status is MessageStatus.Planning or MessageStatus.Pending && Attempts == 0;

    /// <summary>Whether nothing more is to be done about it on our side.</summary>
    [JsonIgnore]
    public bool IsSettled => Status is MessageStatus.Accepted or MessageStatus.Failed or MessageStatus.Withdrawn or MessageStatus.Withheld or MessageStatus.Cancelled;

    /// <summary>What is known of its delivery, the most telling event first: "delivered", "bounced" …; "accepted" until the webhook says more.</summary>
    [JsonIgnore]
    public string Delivery =>
        DeliveryWords.FirstOrDefault(word => Timeline.Any(e => e.What == word))
        ?? (WasTaken ? Json.Word(MessageStatus.Accepted) : MayHaveLeft ? Json.Word(MessageStatus.Unknown) : Status == MessageStatus.Pending ? "queued" : Json.Word(Status));

    /// <summary>Whether one sender's claim still holds it: somebody who slept must not touch another one's.</summary>
    internal bool IsSameClaimAs(Message claimed) => Status == MessageStatus.Claimed && Mid == claimed.Mid && LeaseUntil == claimed.LeaseUntil && Attempts == claimed.Attempts;

    /// <summary>Whether SendGrid has taken it, also where it was withdrawn before anybody knew.</summary>
    [JsonIgnore]
    public bool WasTaken => Status == MessageStatus.Accepted || Status == MessageStatus.Withdrawn && Timeline.Any(e => e.What == "accepted" || e.EventId is not null);

    /// <summary>Whether its story has ended and yet nobody knows whether SendGrid had it: no answer came once, and no refusal for good after that.</summary>
    [JsonIgnore]
    public bool MayHaveLeft =>
        Status is MessageStatus.Failed or MessageStatus.Withdrawn or MessageStatus.Cancelled && !WasTaken && Timeline.Any(e => e.What == "unknown") && Timeline.All(e => e.What != "failed");

    private static readonly string[] DeliveryWords = ["complained", "bounced", "dropped", "delivered", "blocked", "deferred"];

    /// <summary>A message of a day that waits to be sent.</summary>
    internal static Message New(DateOnly on, OrganisationId organisation, MessageKind kind, Recipient recipient, IReadOnlyList<MessageItem> items, DateTimeOffset plannedAt) => new()
    {
        Mid = Recommendations.Mid.New(on),
        OrganisationId = organisation,
        Kind = kind,
        Recipient = recipient,
        Items = items,
        On = on,
        PlannedAt = plannedAt,
    };

    public Message Tell(DateTimeOffset at, string what, string? detail = null, string? eventId = null) =>
        this with { Timeline = [.. Timeline, new DeliveryEvent(at, what, detail, eventId)] };
}

/// <summary>What a letter says that is about something that happened: the template and the facts for it.</summary>
/// <param name="Template">One of <see cref="Letters"/>.</param>
public sealed record Letter(string Template, JsonElement Facts);
