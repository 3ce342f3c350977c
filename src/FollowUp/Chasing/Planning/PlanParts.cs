using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>Divides what is due of one organisation into parts that surely fit into a transaction each, with all that their steps write.</summary>
internal static class PlanParts
{
    private const int MostRows = 88;
    private const int MostCharacters = 1_200_000;

    /// <summary>Rows that are left for messages: the persons of one organisation and of those above it.</summary>
    private const int MessagesAside = 40;

    public static IEnumerable<List<(Row<Recommendation> Row, Person LeadInspector)>> Of(IReadOnlyList<(Row<Recommendation> Row, Person LeadInspector)> states, Situation situation)
    {
        var part = new List<(Row<Recommendation>, Person)>();
        var (rows, characters) = (0, 0);
        foreach (var state in states)
        {
            // The state, its events (a step, those skipped, the end) and, at most, some messages of its own.
            var decision = LadderRule.Decide(situation.Ladder, state.Row.Value.Ask, situation.Today, situation.Calendar);
            var (itsRows, itsCharacters) = (4 + decision.Skipped.Count, state.Row.Entity.Select(p => p.Value).OfType<string>().Sum(text => text.Length));
            if (part.Count > 0 && (rows + itsRows > MostRows - MessagesAside || characters + itsCharacters > MostCharacters))
            {
                yield return part;
                part = [];
                (rows, characters) = (0, 0);
            }

            part.Add(state);
            rows += itsRows;
            characters += itsCharacters;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
