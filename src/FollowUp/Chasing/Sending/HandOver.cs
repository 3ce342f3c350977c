using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>
/// Hands over what an email to one lead inspector says about an inspection that somebody else leads by now, in one
/// transaction: the new lead gets it, the rest of the email goes, and nothing of it is lost or goes twice.
/// </summary>
internal sealed class HandOver(RegisterTable register, PassOn passOn, RecordAcceptance acceptance, IClock clock)
{
    /// <param name="row">The message that is about to leave.</param>
    /// <param name="others">What of it is not for its recipient any more.</param>
    /// <param name="context">What is known.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The message without them; null when somebody else was faster.</returns>
    public async Task<Row<Message>?> RunAsync(Row<Message> row, IReadOnlyList<MessageItem> others, ChaseContext context, CancellationToken stop)
    {
        var handed = row with { Value = row.Value with { Items = others } };
        var egt = RegisterTable.Change(row.Value.OrganisationId);
        var next = await passOn.AddAsync(egt, handed, context, stop);
        if (next is null && !await acceptance.AddAsync(egt, handed.Value, context.Situation, null, stop, Told.NotReached))
        {
            // Whoever leads by now has it already, or nobody is left to take it: the ladder goes on
            return null;
        }

        var rest = row.Value.Tell(clock.UtcNow, "handedOver", $"{InWords(others)}: somebody else leads the inspection by now.") with { Items = [.. row.Value.Items.Except(others)] };
        egt.Replace(row, rest);
        if (!await register.CommitAsync(egt, stop))
        {
            return null;
        }

        if (next is not null)
        {
            await passOn.RingAsync(next, stop);
        }

        return egt.Written(row, rest);
    }

    private static string InWords(IReadOnlyList<MessageItem> items) => string.Join(", ", items.Select(i => i.Recommendation));
}
