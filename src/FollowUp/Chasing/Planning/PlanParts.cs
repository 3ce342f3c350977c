using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Divides what is due of one organisation into parts that surely fit into a transaction each, with all that their steps write.</summary>
internal static class PlanParts
{
    /// <summary>The other rows are left for messages: the persons of one organisation and of those above it.</summary>
    private const int MostRows = 48;

    public static IEnumerable<List<(Row<Recommendation> Row, Person LeadInspector)>> Of(IReadOnlyList<(Row<Recommendation> Row, Person LeadInspector)> states, Situation situation) =>
        EgtParts.Of(
            states,
            MostRows,
            // The state, its events (a step, those skipped, the end) and, at most, some messages of its own.
            state => 4 + LadderRule.Decide(situation.Ladder, state.Row.Value.Ask, situation.Today, situation.Calendar).Skipped.Count,
            state => state.Row.Entity);
}
