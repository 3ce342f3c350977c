using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// A chasing message lives one London day. One that was not accepted on its day is withdrawn, and what it had to say
/// moves to the same person's message of today, in the same transaction: nothing is lost and nothing goes twice. One
/// of which nobody knows whether it arrived goes the same way, once: the message of today is its one repetition.
/// </summary>
internal sealed class RollOver(RegisterTable register, MessageHints hints)
{
    /// <summary>Moves the message's items to today.</summary>
    /// <remarks>They wait another day when today's message is closed, or today's limit is reached.</remarks>
    public async Task RunAsync(Row<Message> expired, Situation situation, DayBudget budget, CancellationToken stop)
    {
        var key = RegisterTable.ChasingKey(expired.Value.Recipient, situation.Today);
        var present = await register.FindMessageAsync(expired.Value.OrganisationId, key, stop);
        if (present?.Value.TakesMore == false || present is null && !await budget.TakeAsync(1, stop))
        {
            return;
        }

        var today = With(present?.Value ?? Fresh(expired.Value, situation), expired.Value);
        var place = new MessagePlace(today.Mid, today.OrganisationId, key);
        await hints.LeadToAsync(place, stop);

        if (present is null && budget.HasLapsed)
        {
            return;
        }

        var withdrawn = expired.Value.Tell(situation.Now, "withdrawn", $"{(expired.Value.Status == MessageStatus.Unknown ? "Nobody knew whether it had left" : "It could not be sent")} on {expired.Value.On.InWords()}. What it said is in the message of {situation.Today.InWords()}.") with { Status = MessageStatus.Withdrawn, LeaseUntil = null };
        var egt = RegisterTable.Change(today.OrganisationId).Replace(expired, withdrawn).Put(present, key, today);
        await register.CommitAsync(egt, stop);
    }

    /// <summary>Today's message with what the earlier one had to say; of each recommendation the latest step counts.</summary>
    private static Message With(Message today, Message expired) => ChasePlan.Join(today, [.. expired.Items.Where(i => today.Items.All(p => p.Recommendation != i.Recommendation || IsLater(i, p)))], expired.Kind) with
    {
        DueSince = Earlier(today.DueSince, expired.WaitingSince),
        Repeats = today.Repeats || expired.Repeats || expired.Status == MessageStatus.Unknown,
    };

    private static bool IsLater(MessageItem one, MessageItem other) => (one.AskVersion, one.Step ?? LadderRule.NoStep).CompareTo((other.AskVersion, other.Step ?? LadderRule.NoStep)) > 0;

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private static Message Fresh(Message expired, Situation situation) =>
        Message.New(situation.Today, expired.OrganisationId, expired.Kind, expired.Recipient, [], situation.Now) with { InsteadOf = expired.InsteadOf };
}
