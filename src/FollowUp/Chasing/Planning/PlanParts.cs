using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Divides what is due of one organisation into parts that surely fit into a transaction each, with all that their steps write.</summary>
internal static class PlanParts
{
    public static IEnumerable<List<(Row<Recommendation> Row, Person LeadInspector)>> Of(IReadOnlyList<(Row<Recommendation> Row, Person LeadInspector)> states, Organisation organisation, ChaseContext context)
    {
        var due = states.Select(s => (s.Row, s.LeadInspector, Decision: LadderRule.Decide(context.Situation.Ladder, s.Row.Value.Ask, context.Situation.Today, context.Situation.Calendar)));
        return
            from part in EgtParts.Of(
                due,
                Egt.MostRows,
                // The state, its events (a step, those skipped, the end), and one to spare
                s => 4 + s.Decision.Skipped.Count,
                s => s.Row.Entity,
                // A message to each person, which they share
                s => s.Decision.Due is { } step ? Audience.Of(step, organisation, context, s.LeadInspector).Recipients.Select(r => r.Email.ToString()) : [])
            select part.ConvertAll(s => (s.Row, s.LeadInspector));
    }
}
