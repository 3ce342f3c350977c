using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Finds the emails that were planned earlier and that a sender would send today, with what of them still holds, by the rules of sending.</summary>
internal sealed class RehearseWaiting(MessageHints hints, RegisterTable register, TimeProvider real)
{
    public async Task<IReadOnlyList<Message>> RunAsync(ChaseContext context, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        var waiting = new List<Message>();
        await foreach (var place in hints.UnsettledAsync(stop))
        {
            if (await register.FindMessageAsync(place.Organisation, place.RowKey, stop, unreadable) is { Value: var message } && message.Mid == place.Mid
                && MayGo(message, context.Situation, real.GetUtcNow()) && await HasRoomAsync(message, context.Situation, unreadable, stop)
                && await LeftAsync(message, context, unreadable, stop) is { } left)
            {
                waiting.Add(left);
            }
        }

        return waiting;
    }

    /// <summary>How many of them begin an email of today, which counts for the day.</summary>
    public static int BegunToday(IReadOnlyList<Message> waiting, DateOnly today) =>
        waiting.Where(m => m.IsChasing).GroupBy(m => (m.OrganisationId, m.Recipient.Email)).Count(person => person.All(m => m.On < today));

    /// <summary>Whether a sender would send it today, once chasing emails may leave: one of an earlier day goes with today's.</summary>
    internal static bool MayGo(Message message, Situation situation, DateTimeOffset real)
    {
        var today = message.IsChasing && message.On < situation.Today ? message with { On = situation.Today } : message;
        return message.Status is MessageStatus.Pending or MessageStatus.Planning or MessageStatus.Unknown
            && SendRule.Decide(today with { Status = today.Status == MessageStatus.Planning ? MessageStatus.Pending : today.Status }, situation.Now, real, situation.Today, mayChase: true) == SendDecision.Send;
    }

    /// <summary>Whether today's email to the person still takes it over, if it is of an earlier day.</summary>
    private async Task<bool> HasRoomAsync(Message message, Situation situation, List<UnreadableRow> unreadable, CancellationToken stop) =>
        !message.IsChasing || message.On == situation.Today
        || await register.FindMessageAsync(message.OrganisationId, RegisterTable.ChasingKey(message.Recipient, situation.Today), stop, unreadable) is null or { Value.TakesMore: true };

    /// <summary>The message with what of it still holds; null when nothing of it would leave, or not to this person.</summary>
    private async Task<Message?> LeftAsync(Message message, ChaseContext context, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        var situation = context.Situation;
        if (message.IsChasing && situation.Directory.Find(message.OrganisationId)?.HasEndedOn(situation.Today) == true)
        {
            return null;
        }

        var (left, inspectorate) = (new List<MessageItem>(), new List<Email.Person> { context.Mailbox });
        await foreach (var state in register.RowsOfAsync(message.OrganisationId, message.Items.Select(i => i.Recommendation), stop, unreadable))
        {
            left.AddRange(message.Items.Where(i => i.Recommendation == state.Value.Id && SendRule.StillHolds(i, state.Value, message.Recipient, message.IsChasing, situation.Ladder, situation.Today)));
            inspectorate.AddRange(await context.FindInspectionAsync(state.Value.Id.Inspection, unreadable, stop) is { LeadInspector: var lead } ? [lead] : []);
        }

        var goes = (left.Count > 0 || message.Items.Count == 0)
            && (message.Kind == MessageKind.Receipt || SendRule.WhyNot(message, inspectorate, situation.Directory, context.Suspended, situation.Today) is null);
        return goes ? message with { Items = left } : null;
    }
}
