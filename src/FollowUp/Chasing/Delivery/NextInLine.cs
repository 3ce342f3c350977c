using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Who gets an email instead of somebody who cannot be reached, and when.</summary>
/// <param name="Recipient">The next in line.</param>
/// <param name="On">The first day on which it may leave, or the next one when that day's email to them is closed.</param>
/// <param name="Items">What of it they have not had yet.</param>
internal sealed record Stand(Recipient Recipient, DateOnly On, IReadOnlyList<MessageItem> Items);

/// <summary>The line of people behind one who cannot be reached: others of the organisation, those above it, the inspectorate.</summary>
internal static class NextInLine
{
    /// <summary>Decides who comes next; null when nobody does: others of the organisation have it already, or the line has ended.</summary>
    /// <param name="failed">The message that does not reach its recipient.</param>
    /// <param name="known">The messages about the organisation, from long before the failed one up to the next days.</param>
    /// <param name="keyOf">The key of the message of a day to a person.</param>
    public static Stand? Decide(Message failed, Organisation organisation, ChaseContext context, Person leadInspector, KeyedMessages known, Func<Recipient, DateOnly, string> keyOf)
    {
        var first = failed.IsChasing ? context.NextSendingDay : context.Situation.Today;
        var next = context.SendingDayFrom(first.AddDays(1));
        foreach (var tier in Line(failed, organisation, context, leadInspector))
        {
            var stands = tier.Select(r => new Stand(r, first, Lacking(r, failed, known, keyOf(r, first)))).ToList();
            var lacking = stands.Where(s => s.Items.Count > 0).ToList();
            if (lacking.FirstOrDefault(s => known.Take(keyOf(s.Recipient, first))) is { } free)
            {
                return free;
            }

            if (stands.Count > lacking.Count)
            {
                return null;
            }

            if (lacking.FirstOrDefault(s => known.Take(keyOf(s.Recipient, next))) is { } tomorrow)
            {
                return tomorrow with { On = next };
            }
        }

        return null;
    }

    /// <summary>What of the failed message a person has not been sent, on whichever day, and is not going to be.</summary>
    internal static IReadOnlyList<MessageItem> Lacking(Recipient person, Message failed, KeyedMessages known, string key)
    {
        var theirs = failed.IsChasing ? known.All.Select(row => row.Value).Where(m => m.IsChasing && m.Recipient.Email == person.Email) : known.Find(key) is { } same ? [same.Value] : [];
        var had = theirs.Where(Counts).SelectMany(m => m.Items).ToHashSet();
        return [.. failed.Items.Where(item => !had.Contains(item))];
    }

    private static bool Counts(Message message) =>
        DeliveryRule.HasProvenTaken(message)
        || message.Status is not (MessageStatus.Failed or MessageStatus.Cancelled or MessageStatus.Withdrawn) && !DeliveryRule.HasComeBack(message);

    private static IEnumerable<IReadOnlyList<Recipient>> Line(Message failed, Organisation organisation, ChaseContext context, Person leadInspector)
    {
        var situation = context.Situation;
        var above = situation.Directory.Above(organisation).Where(o => !o.HasEndedOn(situation.Today)).ToList();
        if (failed.Recipient.Relation == Relation.Own)
        {
            yield return Others(failed, organisation, Relation.Own, Audience.Everybody, context);
        }

        var from = failed.Recipient.Relation == Relation.Upward ? Math.Max(0, above.FindIndex(o => o.Id == failed.Recipient.Of)) : 0;
        foreach (var one in failed.Recipient.Relation == Relation.Staff ? [] : above.Skip(from))
        {
            yield return Others(failed, one, Relation.Upward, Audience.Leaders, context);
        }

        foreach (var person in new[] { leadInspector, context.Mailbox })
        {
            if (person.Email != failed.Recipient.Email && !context.Suspended.Contains(person.Email))
            {
                yield return [new Recipient(person.Name, person.Email, Relation.Staff)];
            }
        }
    }

    private static List<Recipient> Others(Message failed, Organisation of, Relation relation, IReadOnlyList<ContactRole> roles, ChaseContext context) =>
        [.. Audience.Reachable(of, relation, roles, context.Suspended, context.Situation.Today).Where(r => r.Email != failed.Recipient.Email)];
}
