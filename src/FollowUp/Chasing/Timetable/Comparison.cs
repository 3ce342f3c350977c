using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>A step that goes on another day than before.</summary>
/// <param name="From">Its day now; null when it was not to come.</param>
/// <param name="To">Its day then; null when it does not come any more.</param>
internal sealed record MovedStep(RecommendationId Id, string Step, DateOnly? From, DateOnly? To);

/// <summary>What a change of ladder or calendar makes of what is to be sent.</summary>
/// <param name="Until">The last of the next ten working days.</param>
/// <param name="Now">What will be sent up to then as things stand.</param>
/// <param name="Then">What will be sent up to then after the change.</param>
internal sealed record Comparison(DateOnly Until, Outlook Now, Outlook Then)
{
    public const int WorkingDays = 10;
    private const int DaysOfMoves = 180;

    /// <summary>What will be sent, line by line, and whether it is sent now alone, then alone, or either way.</summary>
    public IReadOnlyList<(OutlookEntry Entry, bool IsNow, bool IsThen)> Lines
    {
        get
        {
            var (now, then) = (Now.Entries.Select(Say).ToHashSet(), Then.Entries.Select(Say).ToHashSet());
            return
            [
                .. from entry in Now.Entries.Concat(Then.Entries).DistinctBy(Say)
                   orderby entry.On, entry.OrganisationId, entry.Step
                   select (entry, now.Contains(Say(entry)), then.Contains(Say(entry))),
            ];
        }
    }

    public static Comparison Of(OpenAsks asks, Situation then)
    {
        var now = asks.Context.Situation;
        var until = now.Calendar.Add(now.Today, WorkingDays);
        var days = until.DayNumber - now.Today.DayNumber;
        return new Comparison(until, asks.Play(days), asks.Under(then).Play(days));
    }

    /// <summary>The steps of the next half year that go on another day.</summary>
    public static IReadOnlyList<MovedStep> Moves(OpenAsks asks, Situation then)
    {
        var moved = new List<MovedStep>();
        foreach (var ask in asks.All)
        {
            var before = Days(ask, asks.Context);
            var after = Days(ask, asks.Under(then).Context);
            moved.AddRange(
                from name in before.Keys.Union(after.Keys)
                let was = before.GetValueOrDefault(name)
                let comes = after.GetValueOrDefault(name)
                where was != comes
                select new MovedStep(ask.State.Id, name, was, comes));
        }

        return [.. moved.OrderBy(m => m.From ?? m.To).ThenBy(m => m.Id.ToString(), StringComparer.Ordinal)];
    }

    private static Dictionary<string, DateOnly?> Days(OpenAsk ask, ChaseContext context) =>
        OutlookRule.Play(ask, context, context.Situation.Today, DaysOfMoves).GroupBy(s => s.Step.Name).ToDictionary(g => g.Key, g => (DateOnly?)g.First().On);

    private static string Say(OutlookEntry entry) =>
        $"{entry.On.Iso()}|{entry.Step}|{entry.OrganisationId}|{string.Join(',', entry.RecommendationIds)}|{string.Join(',', entry.Recipients.Select(r => r.Email))}";
}
