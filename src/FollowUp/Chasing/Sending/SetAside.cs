using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Moves what nobody can read now from a message that is about to leave to the same person's of the next working day, in
/// one transaction: the rest of the message goes, and nothing of it is lost or goes twice. It is tried again every day.
/// </summary>
internal sealed class SetAside(RegisterTable register, MessageHints hints, SendingDays days)
{
    private const int MostDays = 20;

    /// <returns>The message without them; null when somebody else was faster.</returns>
    public async Task<Row<Message>?> RunAsync(Row<Message> row, IReadOnlyList<MessageItem> unread, Situation situation, CancellationToken stop)
    {
        var (on, key, present) = await FindAsync(row.Value, situation, stop);
        var later = present is not null ? ChasePlan.Join(present.Value, unread, row.Value.Kind)
            : Message.New(on, row.Value.OrganisationId, row.Value.Kind, row.Value.Recipient, unread, situation.Now) with { InsteadOf = row.Value.InsteadOf };
        if (present is null)
        {
            await days.CountAsync(on, 1, stop);
        }

        await hints.LeadToAsync(new MessagePlace(later.Mid, later.OrganisationId, key), stop);
        var rest = row.Value with { Items = [.. row.Value.Items.Except(unread)] };
        var egt = RegisterTable.Change(row.Value.OrganisationId).Replace(row, rest).Put(present, key, later);
        return await register.CommitAsync(egt, stop) ? egt.Written(row, rest) : null;
    }

    /// <summary>The next working day's message to the same person, or that of the first day after it that takes more.</summary>
    private async Task<(DateOnly On, string Key, Row<Message>? Present)> FindAsync(Message message, Situation situation, CancellationToken stop)
    {
        var messages = await register.MessagesByKeyAsync(message.OrganisationId, situation.Today, stop);
        for (var days = 1; days <= MostDays; days++)
        {
            var on = situation.Calendar.Add(situation.Today, days);
            var key = RegisterTable.ChasingKey(message.Recipient, on);
            if (messages.Take(key))
            {
                return (on, key, messages.Find(key));
            }
        }

        throw new InvalidOperationException($"No message of the next days to the recipient of {message.Mid} takes more.");
    }
}
