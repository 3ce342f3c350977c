using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What SendGrid's events say of a message.</summary>
internal static class DeliveryRule
{
    /// <summary>The message with the events in its story; the same message when it has them all.</summary>
    public static Message Take(Message message, IReadOnlyList<SendGridEvent> events, DateTimeOffset now)
    {
        foreach (var one in events)
        {
            if (Word(one) is { } word && message.Timeline.All(t => t.EventId != one.EventId))
            {
                message = Settle(message.Tell(HappenedAt(message, one, now), word, one.Reason, one.EventId), one);
            }
        }

        return message;
    }

    /// <summary>When it happened, as SendGrid says; now, when it says nothing that can be: a time to come, or one before there was the email.</summary>
    private static DateTimeOffset HappenedAt(Message message, SendGridEvent one, DateTimeOffset now) =>
        one.At is { } at && at <= now && at.ToUnixTimeSeconds() >= message.PlannedAt.ToUnixTimeSeconds() ? at : now;

    /// <summary>So many days back an email may still be on its way, or have been somebody's of what another could not be reached with.</summary>
    public const int DaysBack = 60;

    /// <summary>So many days after it was sent somebody should know what became of an email: SendGrid tries for three.</summary>
    public const int DaysToConfirm = 3;

    /// <summary>So many days back staff are asked to find out whether an email arrived, and SendGrid's events must find their email.</summary>
    public const int DaysOfDoubt = 10;

    /// <summary>Whether SendGrid may still tell something of an email that matters, or it counts for a day that is not over.</summary>
    public static bool MayBeToldOf(Message message, DateOnly today) =>
        message.On >= today || message.On >= today.AddDays(-DaysOfDoubt) && (message.Attempts > 0 || message.WasTaken) && message.Delivery != "delivered";

    /// <summary>Whether SendGrid took it and nobody has said for too long whether it arrived.</summary>
    public static bool IsUnconfirmed(Message message, DateOnly today) =>
        message is { WasTaken: true, Delivery: "accepted" or "deferred" } && today > message.On.AddDays(DaysToConfirm);

    /// <summary>Whether the recipient's mail server refused it, for what may pass. SendGrid does not try it again.</summary>
    public static bool IsRefused(Message message) => message is { WasTaken: true, Delivery: "blocked" };

    /// <summary>Whether it did not reach its recipient, as SendGrid says.</summary>
    public static bool HasComeBack(Message message) => message.Delivery is "bounced" or "dropped" or "blocked";

    /// <summary>Whether SendGrid has said itself that it took an email, and not that it came back.</summary>
    public static bool HasProvenTaken(Message message) => message.Timeline.Any(t => t.EventId is not null) && !HasComeBack(message);

    /// <summary>Whether its recipient has had it, as far as anybody knows: SendGrid took it, and has not said that it came back.</summary>
    public static bool HasBeenHad(Message message) => HasProvenTaken(message) || message.WasTaken && !HasComeBack(message);

    /// <summary>Whether it is news that an email arrived which staff were to reach its recipient without.</summary>
    public static bool HasArrivedAfterAll(Message before, Message after) =>
        after.Delivery == "delivered" && before.Delivery != "delivered" && after.Timeline.Any(e => e.What is "failed" or "gaveUp" or "blocked");

    /// <summary>Whether no more emails may go to the address: a hard bounce, a drop for what the address has done before, a complaint, an unsubscription.</summary>
    public static bool Suspends(SendGridEvent one) => Word(one) is "bounced" or "complained" || Word(one) == "dropped" && IsAboutTheAddress(one.Reason);

    /// <summary>Why an email was dropped that would have been dropped to any address; null when none was. The next in line would get the same.</summary>
    public static string? WhyLost(Message before, Message after) =>
        after.Timeline.Skip(before.Timeline.Count).FirstOrDefault(e => e.What == "dropped" && !IsAboutTheAddress(e.Detail)) is { } dropped
            ? $"SendGrid has dropped an email of {before.On.InWords()}: “{dropped.Detail}”. That is about the email or our account, not about the address, so nobody else was sent the same."
            : null;

    /// <summary>The reasons that SendGrid gives for a drop; the others that it knows are “Invalid SMTPAPI header”, “Spam Content” and “Recipient List over Package Quota”.</summary>
    private static bool IsAboutTheAddress(string? reason) =>
        string.IsNullOrWhiteSpace(reason)
        || ReasonsOfAddress.Any(known => reason.StartsWith(known, StringComparison.OrdinalIgnoreCase)) && !reason.Contains("SMTPAPI", StringComparison.OrdinalIgnoreCase);

    private static readonly string[] ReasonsOfAddress = ["Bounced", "Unsubscribed", "Spam Reporting", "Invalid"];

    public static string Words(SendGridEvent one) => Word(one) switch
    {
        "bounced" => "bounced",
        "dropped" => "was dropped, because earlier ones to the address had failed",
        _ => "was reported as unwanted",
    };

    /// <summary>The story's word for an event; null for those that it does not tell.</summary>
    private static string? Word(SendGridEvent one) => one.What switch
    {
        "processed" => "processed",
        "deferred" => "deferred",
        "delivered" => "delivered",
        "bounce" => one.Type == "blocked" ? "blocked" : "bounced",
        "dropped" => "dropped",
        "spamreport" or "unsubscribe" or "group_unsubscribe" => "complained",
        _ => null,
    };

    /// <summary>
    /// Any event proves that SendGrid has the message, whatever its sender knew of it: one that died with its claim, or
    /// was refused for now in words only, must not send it again; one that was given up has arrived after all.
    /// </summary>
    private static Message Settle(Message message, SendGridEvent one) => message.Status is MessageStatus.Unknown or MessageStatus.Claimed or MessageStatus.Pending or MessageStatus.Failed
        ? message with { Status = MessageStatus.Accepted, NotBefore = null, LeaseUntil = null, ProviderId = message.ProviderId ?? one.ProviderId }
        : message;
}
