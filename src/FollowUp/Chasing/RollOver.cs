using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// A chasing message lives one London day. One that was not accepted on its day is withdrawn, and what it had to say
/// moves to the same person's message of today, in the same transaction: nothing is lost and nothing goes twice.
/// </summary>
internal sealed class RollOver(RegisterTable register, Hints hints)
{
    /// <summary>Moves the message's items to today.</summary>
    /// <returns>Where they are now; null when the message of today is closed already, and they wait another day.</returns>
    public async Task<MessagePlace?> RunAsync(Row<Message> expired, Situation situation, CancellationToken stop)
    {
        var key = RegisterTable.ChasingKey(expired.Value.Recipient, situation.Today);
        var present = await register.FindMessageAsync(expired.Value.OrganisationId, key, stop);
        if (present is { Value: var taken } && !taken.TakesMore)
        {
            return null;
        }

        var today = present is null
            ? Fresh(expired.Value, situation)
            : ChasePlan.Join(present.Value, [.. expired.Value.Items.Where(i => present.Value.Items.All(p => p.Recommendation != i.Recommendation))], expired.Value.Kind) with { DueSince = expired.Value.WaitingSince };
        var place = new MessagePlace(today.Mid, today.OrganisationId, key);
        await hints.LeadToMessageAsync(place, stop);

        var withdrawn = expired.Value.Tell(situation.Now, "withdrawn", $"It could not be sent on {expired.Value.On:d MMMM yyyy}. What it said is in the message of {situation.Today:d MMMM yyyy}.") with { Status = MessageStatus.Withdrawn };
        var egt = RegisterTable.Change(today.OrganisationId).Replace(expired, withdrawn);
        if (present is null)
        {
            egt.Insert(key, today);
        }
        else
        {
            egt.Replace(present, today);
        }

        return await register.CommitAsync(egt, stop) ? place : null;
    }

    private static Message Fresh(Message expired, Situation situation) => new()
    {
        Mid = Mid.New(),
        OrganisationId = expired.OrganisationId,
        Kind = expired.Kind,
        Recipient = expired.Recipient,
        Items = expired.Items,
        On = situation.Today,
        PlannedAt = situation.Now,
        DueSince = expired.WaitingSince,
    };
}
