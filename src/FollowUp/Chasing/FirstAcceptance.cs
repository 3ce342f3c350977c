using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// The first day on which a notice or reminder of an ask was accepted for delivery to the organisation's own contacts:
/// nothing overdue goes before it lies far enough back. It is recorded with the message, whoever learns of it first.
/// </summary>
internal sealed class FirstAcceptance(RegisterTable register)
{
    /// <summary>Adds to the transaction the asks that waited for this message's acceptance.</summary>
    public async Task AddAsync(Egt egt, Message message, DateOnly day, CancellationToken stop)
    {
        if (message.Recipient.Relation != Relation.Own || message.Kind is not (MessageKind.Notice or MessageKind.Reminder or MessageKind.Change or MessageKind.Decision))
        {
            return;
        }

        foreach (var item in message.Items)
        {
            var state = await register.FindAsync(message.OrganisationId, item.Recommendation, stop);
            if (state is { Value: { Ask: { IsOpen: true, Ladder.FirstAcceptedOn: null } ask } } && ask.Version == item.AskVersion)
            {
                egt.Replace(state, state.Value with { Ask = ask with { Ladder = ask.Ladder with { FirstAcceptedOn = day } } });
            }
        }
    }
}
