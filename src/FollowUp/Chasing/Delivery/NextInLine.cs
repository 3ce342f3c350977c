using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Who gets an email instead of somebody who cannot be reached, and when.</summary>
/// <param name="Recipient">The next in line.</param>
/// <param name="On">Today, or the next working day when today's email to them is closed.</param>
internal sealed record Stand(Recipient Recipient, DateOnly On);

/// <summary>The line of people behind one who cannot be reached: others of the organisation, those above it, the inspectorate.</summary>
internal static class NextInLine
{
    /// <summary>Decides who comes next; null when nobody does: others of the organisation have it already, or the line has ended.</summary>
    /// <param name="failed">The message that does not reach its recipient.</param>
    /// <param name="present">The messages of today and the next days.</param>
    /// <param name="keyOf">The key of the message of a day to a person.</param>
    public static Stand? Decide(Message failed, Organisation organisation, ChaseContext context, Person leadInspector, KeyedMessages present, Func<Recipient, DateOnly, string> keyOf)
    {
        var today = context.Situation.Today;
        foreach (var tier in Line(failed, organisation, context, leadInspector))
        {
            if (tier.Where(r => !Has(present.Find(keyOf(r, today))?.Value, failed)).FirstOrDefault(r => present.Take(keyOf(r, today))) is { } free)
            {
                return new Stand(free, today);
            }

            if (tier.Any(r => Has(present.Find(keyOf(r, today))?.Value, failed)))
            {
                return null;
            }

            var next = context.Situation.Calendar.Add(today, 1);
            if (tier.FirstOrDefault(r => present.Take(keyOf(r, next))) is { } tomorrow)
            {
                return new Stand(tomorrow, next);
            }
        }

        return null;
    }

    private static bool Has(Message? present, Message failed) =>
        present is { Status: not (MessageStatus.Failed or MessageStatus.Cancelled) }
        && failed.Items.All(item => present.Items.Any(p => p.Recommendation == item.Recommendation && p.Step == item.Step));

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
