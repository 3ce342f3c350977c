using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>What is decided for one organisation and not yet written.</summary>
/// <param name="Plan">What is to be written in one transaction.</param>
/// <param name="Today">The organisation's messages of today, by key.</param>
/// <param name="Parts">What it was decided of, and after that what is too much for that transaction.</param>
/// <param name="InParts">Whether there are several transactions: until the last of them the messages are being planned, and nobody sends them.</param>
internal sealed record DecidedPlan(Organisation Organisation, ChasePlan Plan, KeyedMessages Today, IReadOnlyList<List<(Row<Recommendation> Row, Person LeadInspector)>> Parts, bool InParts)
{
    public IReadOnlyList<MessagePlace> Places { get; } = [.. Plan.Messages.Select(m => new MessagePlace(m.Message.Mid, Organisation.Id, m.Key))];

    /// <summary>What is too much for its transaction.</summary>
    public IReadOnlyList<List<(Row<Recommendation> Row, Person LeadInspector)>> Rest => [.. Parts.Skip(1)];

    /// <summary>How many messages it begins, each of which counts for the day.</summary>
    public int Begun => Plan.Messages.Count(m => Today.Find(m.Key) is null);

    /// <summary>The next day of each recommendation on the agenda.</summary>
    public IEnumerable<AgendaEntry> Next(Situation situation) =>
        from step in Plan.Steps
        let day = LadderRule.NextOn(situation.Ladder, step.After.Ask, situation.Calendar)
        where day is not null
        select new AgendaEntry(day.Value, Organisation.Id, step.After.Id.Inspection, step.After.Id.Number);

    /// <summary>The states, their events and the messages, in one transaction.</summary>
    public Egt Write(DateTimeOffset now)
    {
        var egt = RegisterTable.Change(Organisation.Id);
        var opId = Guid.NewGuid().ToString("n");
        foreach (var step in Plan.Steps)
        {
            var (after, events) = Record.Append(step.After, step.Events, Actor.Service, opId, now);
            egt.Replace(step.Row, after);
            foreach (var recorded in events)
            {
                egt.Insert(RegisterTable.EventKey(after.Id, recorded.Seq), recorded);
            }
        }

        foreach (var (key, planned) in Plan.Messages)
        {
            if (Today.Find(key) is { } present)
            {
                egt.Replace(present, planned);
            }
            else
            {
                egt.Insert(key, InParts ? planned with { Status = MessageStatus.Planning } : planned);
            }
        }

        return egt;
    }
}
