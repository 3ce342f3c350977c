using FollowUp.Organisations;

namespace FollowUp.Recommendations;

/// <summary>What staff pages call emails and what has become of them.</summary>
internal static class MessageWords
{
    private static readonly Dictionary<string, TagWords> Deliveries = new()
    {
        ["complained"] = new("Marked as spam", "red"),
        ["bounced"] = new("Bounced", "red"),
        ["dropped"] = new("Not delivered", "red"),
        ["delivered"] = new("Delivered", "green"),
        ["blocked"] = new("Refused", "red"),
        ["deferred"] = new("Delayed", "yellow"),
        ["queued"] = new("Waiting to be sent", "blue"),
        ["planning"] = new("Waiting to be sent", "blue"),
        ["claimed"] = new("Being sent", "blue"),
        ["accepted"] = new("Sent", "turquoise"),
        ["unknown"] = new("Perhaps sent", "yellow"),
        ["failed"] = new("Could not be sent", "red"),
        ["withdrawn"] = new("Withdrawn", "grey"),
        ["withheld"] = new("Withheld", "grey"),
        ["cancelled"] = new("Cancelled", "grey"),
        ["refusedForNow"] = new("To be tried again", "yellow"),
    };

    private static readonly Dictionary<string, string> Happenings = new()
    {
        ["complained"] = "The recipient marked it as spam",
        ["bounced"] = "The recipient’s mail server refused it",
        ["dropped"] = "It was not delivered: the address is on the mail service’s list of addresses that do not work",
        ["delivered"] = "The recipient’s mail server took it",
        ["blocked"] = "The recipient’s mail server refused this email. The address stays in use",
        ["deferred"] = "The recipient’s mail server asked to try later",
        ["processed"] = "The mail service passed it on",
        ["accepted"] = "The mail service took it for delivery",
        ["unknown"] = "It may have been sent: the mail service did not answer",
        ["failed"] = "It could not be sent",
        ["gaveUp"] = "It is not sent again, and you have a task",
        ["withdrawn"] = "It was withdrawn",
        ["withheld"] = "It was not sent: in this environment only some addresses are written to",
        ["cancelled"] = "It was not sent",
        ["refusedForNow"] = "The mail service could not take it; it will be tried again",
        ["handedOver"] = "A part of it went to somebody else",
        ["shortened"] = "What it asked for was left out, and only the judgement was written",
    };

    public static TagWords DeliveryInWords(this Message message) =>
        Deliveries.GetValueOrDefault(message.Delivery) ?? new TagWords(message.Delivery, "grey");

    /// <summary>What happened, with the mail service's own words where something went wrong.</summary>
    public static string InWords(this DeliveryEvent happened) =>
        (Happenings.GetValueOrDefault(happened.What) ?? $"The mail service says: {happened.What}")
        + (IsGood(happened) || string.IsNullOrWhiteSpace(happened.Detail) ? "." : $". {happened.Detail}");

    public static bool IsGood(this DeliveryEvent happened) => happened.What is "accepted" or "processed" or "delivered";

    public static string InWords(this MessageKind kind) => kind switch
    {
        MessageKind.Notice => "Notice",
        MessageKind.Reminder => "Reminder",
        MessageKind.Overdue => "Overdue reminder",
        MessageKind.Escalation => "Escalation",
        MessageKind.Change => "Email about a change",
        MessageKind.Receipt => "Receipt",
        MessageKind.Code => "Security code",
        MessageKind.Decision => "Email about a decision",
        MessageKind.Link => "New link",
        _ => "Summary for staff",
    };

    /// <summary>"Anna Hill, main contact of Gloucestershire CRC".</summary>
    public static string InWords(this Recipient recipient, OrganisationDirectory directory) => recipient switch
    {
        { Relation: Relation.Staff } => $"{recipient.Name}, inspectorate",
        { Role: { } role, Of: { } of } => $"{recipient.Name}, {role.InWords()} of {directory.NameOf(of)}",
        _ => recipient.Name,
    };
}
