using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>What of a message still holds.</summary>
/// <param name="Items">Its items with the states that they are about.</param>
/// <param name="Unread">Its items of which nobody knows, since a row cannot be read: the state, or the inspection.</param>
/// <param name="Held">Its items that staff hold back for a while.</param>
internal sealed record Standing(IReadOnlyList<(MessageItem Item, Row<Recommendation> State)> Items, IReadOnlyList<MessageItem> Unread, IReadOnlyList<MessageItem> Held)
{
    /// <summary>What still holds, as far as anybody knows: what waits is asked again when it is to be sent.</summary>
    public IReadOnlyList<MessageItem> All => [.. Items.Select(i => i.Item), .. Unread, .. Held];
}

/// <summary>Reads what of a message still holds, one request for each inspection. Staff are told at once of rows that cannot be read.</summary>
internal sealed class StandingItems(RegisterTable register, ReportUnreadable report)
{
    public async Task<Standing> ReadAsync(Message message, ChaseContext context, CancellationToken stop)
    {
        var (situation, unreadable) = (context.Situation, new List<UnreadableRow>());
        var (items, unread, held) = (new List<(MessageItem, Row<Recommendation>)>(), new List<MessageItem>(), new List<MessageItem>());
        await foreach (var state in register.RowsOfAsync(message.OrganisationId, message.Items.Select(i => i.Recommendation), stop, unreadable))
        {
            held.AddRange(message.Items.Where(item => item.Recommendation == state.Value.Id && SendRule.IsHeldBack(item, state.Value, message.Recipient, message.IsChasing, situation.Ladder, situation.Today)));
            var standing = message.Items
                .Where(item => item.Recommendation == state.Value.Id && SendRule.StillHolds(item, state.Value, message.Recipient, message.IsChasing, situation.Ladder, situation.Today))
                .ToList();
            if (standing.Count > 0 && await context.FindInspectionAsync(state.Value.Id.Inspection, unreadable, stop) is null)
            {
                unread.AddRange(standing);
            }
            else
            {
                items.AddRange(standing.Select(item => (item, state)));
            }
        }

        if (message.IsChasing && (message.Repeats || message.InsteadOf is not null))
        {
            var arrived = await ArrivedAsync(message, stop);
            items.RemoveAll(i => arrived.Contains(i.Item1));
        }

        unread.AddRange(message.Items.Where(item => unreadable.Any(row => row.RowKey == RegisterTable.StateKey(item.Recommendation))));
        await report.RunAsync(unreadable, stop);
        return new Standing(items, unread, held);
    }

    /// <summary>What of a repetition, or of what was passed on, the same person has had before, as when two emails were passed on to them at the same moment.</summary>
    private async Task<IReadOnlySet<MessageItem>> ArrivedAsync(Message message, CancellationToken stop) =>
        await register.MessagesAsync(message.OrganisationId, message.On.AddDays(-DeliveryRule.DaysBack), stop, [])
            .Where(row => row.Value.Mid != message.Mid && row.Value.Recipient.Email == message.Recipient.Email && DeliveryRule.HasBeenHad(row.Value))
            .SelectMany(row => row.Value.Items)
            .ToHashSetAsync(cancellationToken: stop);
}
