using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>What is to be done with a message now.</summary>
internal enum SendDecision
{
    /// <summary>Nothing: it is settled, not due, or somebody else is at it.</summary>
    Leave,

    /// <summary>Claim it and send it.</summary>
    Send,

    /// <summary>Its sender died with the claim: nobody knows whether it left.</summary>
    MarkUnknown,

    /// <summary>It was sent again once and is still unknown: give it to a person.</summary>
    GiveUp,
}

/// <summary>Rules of sending: the message's row decides, never the bell.</summary>
internal static class SendRule
{
    private const int MostAttempts = 2;

    /// <summary>Whether its sender has ended with its claim.</summary>
    /// <param name="real">Real time, which leases keep.</param>
    public static bool IsLeft(Message message, DateTimeOffset real) => message.Status == MessageStatus.Claimed && message.LeaseUntil < real;

    /// <param name="now">The domain's time.</param>
    /// <param name="real">Real time, which leases keep.</param>
    /// <param name="mayChase">Whether chasing emails may leave now.</param>
    public static SendDecision Decide(Message message, DateTimeOffset now, DateTimeOffset real, DateOnly today, bool mayChase)
    {
        if (message.Status == MessageStatus.Claimed)
        {
            return IsLeft(message, real) ? SendDecision.MarkUnknown : SendDecision.Leave;
        }

        if (message.Status is not (MessageStatus.Pending or MessageStatus.Unknown) || message.NotBefore > now)
        {
            return SendDecision.Leave;
        }

        if (message.Status == MessageStatus.Unknown && (message.Attempts >= MostAttempts || message.Repeats))
        {
            return SendDecision.GiveUp;
        }

        var itsTime = message.IsChasing ? mayChase && message.On == today : message.Kind != MessageKind.StaffDigest || message.On == today;
        return itsTime ? SendDecision.Send : SendDecision.Leave;
    }

    /// <summary>Whether it is a code that comes too late for whoever waits for it.</summary>
    public static bool IsOfNoUse(Message message, DateTimeOffset now) => message.Kind == MessageKind.Code && now - message.PlannedAt > EntryCode.Lasts;

    /// <summary>Whether what was planned still holds: the ask is open, unpaused and the same, the step was the last one decided, and staff do not hold it.</summary>
    public static bool StillHolds(MessageItem item, Recommendation? state, Recipient to, bool chasing, Ladder ladder, DateOnly today) =>
        Stands(item, state, chasing, today) && !IsHeldBack(item, state, to, chasing, ladder, today);

    /// <summary>Whether what was planned would hold, had staff not held it back for a while: it waits until then.</summary>
    public static bool IsHeldBack(MessageItem item, Recommendation? state, Recipient to, bool chasing, Ladder ladder, DateOnly today) =>
        chasing && Stands(item, state, chasing, today) && state!.Ask.IsUpwardHeldOn(today) && ladder.Find(item.Step)?.IsUpwardTo(to) == true;

    /// <summary>Why the recipient is not to be written to any more; null when they are.</summary>
    /// <param name="message">The message.</param>
    /// <param name="inspectorate">Who of the inspectorate it may go to: the mailbox, and those who lead the inspections that it is about.</param>
    /// <param name="directory">The organisations.</param>
    /// <param name="suspended">The addresses that take no emails.</param>
    /// <param name="today">The day.</param>
    public static string? WhyNot(Message message, IReadOnlyCollection<Person> inspectorate, OrganisationDirectory directory, SuspendedAddresses suspended, DateOnly today)
    {
        var recipient = message.Recipient;
        if (suspended.Contains(recipient.Email))
        {
            return "The address is suspended.";
        }

        if (recipient.Of is { } unread && directory.IsUnreadable(unread))
        {
            return "The row of their organisation cannot be read, so nobody knows whether they still are its contact.";
        }

        if (recipient.Relation == Relation.Staff)
        {
            return message.Items.Count == 0 || inspectorate.Any(p => p.Email == recipient.Email) ? null : "The recipient no longer leads the inspection.";
        }

        // Who stands above may have changed since it was planned
        return !LinkRule.IsContact(recipient, message.OrganisationId, directory, today) ? $"The recipient is no longer a contact of {(recipient.Relation == Relation.Own ? "the organisation" : "an organisation above")}."
            : message.IsChasing && directory.Find(recipient.Of)?.HasEndedOn(today) == true ? "Their organisation has ended."
            : null;
    }

    /// <summary>What of a message to one of the inspectorate's own staff is about inspections that others lead by now; nothing of one to its mailbox.</summary>
    /// <param name="leads">Who leads each inspection that it is about.</param>
    public static IReadOnlyList<MessageItem> OfOthers(Message message, IReadOnlyDictionary<InspectionId, Person> leads, Person mailbox) =>
        message.Recipient.Relation == Relation.Staff && message.Recipient.Email != mailbox.Email
            ? [.. message.Items.Where(i => leads[i.Recommendation.Inspection].Email != message.Recipient.Email)]
            : [];

    private static bool Stands(MessageItem item, Recommendation? state, bool chasing, DateOnly today) =>
        state is not null
        && (!chasing || state.Ask.IsOpen && !state.Ask.IsPausedOn(today) && state.Ask.Version == item.AskVersion && state.Ask.Ladder.LastStep == item.Step);

    /// <summary>How long to wait before the next try, after so many refusals for now: from one minute up to 15.</summary>
    public static TimeSpan Backoff(int refusals) => TimeSpan.FromMinutes(Math.Min(15, Math.Pow(2, Math.Min(refusals, 5))));
}
