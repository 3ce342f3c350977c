using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Moves what nobody can read now, or what staff hold back, from a message that is about to leave to the same person's of
/// the next working day, in one transaction: the rest of the message goes, and nothing of it is lost or goes twice. It is
/// tried again every day.
/// </summary>
internal sealed class SetAside(RegisterTable register, MessageHints hints, FindDay findDay)
{
    /// <returns>The message without them; null when nothing of it is left to go, or somebody else was faster.</returns>
    public async Task<Row<Message>?> RunAsync(Row<Message> row, IReadOnlyList<MessageItem> aside, Situation situation, CancellationToken stop)
    {
        var messages = await register.MessagesByKeyAsync(row.Value.OrganisationId, situation.Today, stop);
        var on = await findDay.RunAsync(row.Value.Recipient, situation.Calendar.Add(situation.Today, 1), messages, situation, stop);
        var key = RegisterTable.ChasingKey(row.Value.Recipient, on);
        var present = messages.Find(key);
        var later = present is not null ? ChasePlan.Join(present.Value, aside, row.Value.Kind)
            : Message.New(on, row.Value.OrganisationId, row.Value.Kind, row.Value.Recipient, aside, situation.Now) with { InsteadOf = row.Value.InsteadOf };
        later = later with { Repeats = later.Repeats || row.Value.Repeats || row.Value.Status == MessageStatus.Unknown };
        await hints.LeadToAsync(new MessagePlace(later.Mid, later.OrganisationId, key), stop);
        IReadOnlyList<MessageItem> left = [.. row.Value.Items.Except(aside)];
        var rest = left.Count > 0 ? row.Value with { Items = left }
            : row.Value.Tell(situation.Now, "withdrawn", $"What it said waits. It is in the message of {on.InWords()}.") with { Status = MessageStatus.Withdrawn, LeaseUntil = null };
        var egt = RegisterTable.Change(row.Value.OrganisationId).Replace(row, rest).Put(present, key, later);
        if (!await register.CommitAsync(egt, stop))
        {
            return null;
        }

        if (left.Count > 0)
        {
            return egt.Written(row, rest);
        }

        await hints.SettledAsync(row.Value.Mid, stop);
        return null;
    }
}
