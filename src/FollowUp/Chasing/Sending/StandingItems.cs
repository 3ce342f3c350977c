using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Reads what of a message still holds: its items with the states that they are about, one request for each inspection.</summary>
internal sealed class StandingItems(RegisterTable register)
{
    public async Task<IReadOnlyList<(MessageItem Item, Row<Recommendation> State)>> ReadAsync(Message message, Situation situation, CancellationToken stop)
    {
        var items = new List<(MessageItem, Row<Recommendation>)>();
        await foreach (var state in register.RowsOfAsync(message.OrganisationId, message.Items.Select(i => i.Recommendation), stop))
        {
            items.AddRange(message.Items
                .Where(item => item.Recommendation == state.Value.Id && SendRule.StillHolds(item, state.Value, message.IsChasing, situation.Ladder, situation.Today))
                .Select(item => (item, state)));
        }

        return items;
    }
}
