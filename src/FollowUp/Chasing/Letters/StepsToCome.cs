using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>A step that will be taken if nothing changes.</summary>
internal sealed record StepToCome(LadderStep Step, DateOnly On);

/// <summary>What the ladder will do next: the chase's own rule, asked day by day, so that a letter says only what will happen.</summary>
internal static class StepsToCome
{
    private const int MostDays = 500;

    /// <param name="sent">The step that the letter itself is.</param>
    public static IReadOnlyList<StepToCome> After(LadderStep sent, Ask ask, LetterFacts facts)
    {
        var steps = new List<StepToCome>();
        var now = Sent(sent, ask, facts);
        var day = facts.Today;
        for (var i = 0; i < MostDays && LadderRule.NextOn(facts.Ladder, now, facts.Calendar) is { } next; i++)
        {
            day = facts.Calendar.Add(day, 1);
            day = next > day ? facts.Calendar.OnOrAfter(next) : day;
            if (LadderRule.Decide(facts.Ladder, now, day, facts.Calendar).Due is { } step)
            {
                steps.Add(new StepToCome(step, day));
                now = LadderMoves.Foreseen(facts.Ladder, now, step, day);
            }
        }

        return steps;
    }

    /// <summary>The organisations above that a step writes to, as the directory stands.</summary>
    public static IReadOnlyList<Organisation> Upward(this StepToCome step, LetterFacts facts)
    {
        var above = facts.OrganisationDirectory.Above(facts.Organisation).Where(o => !o.HasEndedOn(step.On)).ToList();
        var reached = new List<Organisation?>();
        if (step.Step.Audience.Contains(StepAudience.EscalatesTo))
        {
            reached.Add(FirstReachable(above, step.On, facts));
        }

        if (step.Step.Audience.Contains(StepAudience.LevelAbove))
        {
            reached.Add(FirstReachable(above.Skip(1), step.On, facts));
        }

        return [.. reached.OfType<Organisation>().Distinct()];
    }

    private static Organisation? FirstReachable(IEnumerable<Organisation> above, DateOnly on, LetterFacts facts) =>
        above.FirstOrDefault(o => o.ContactsOn(on, ContactRole.Main, ContactRole.Director).Any(c => !facts.Suspended.Contains(c.Email)));

    // The letter is written after its step was claimed, or, as a notice that is a letter about something else, before
    private static Ask Sent(LadderStep sent, Ask ask, LetterFacts facts)
    {
        var taken = ask.Ladder.LastStep < sent.Number ? LadderMoves.Taken(facts.Ladder, ask, sent, facts.Today, default) : ask;
        return taken with { Ladder = taken.Ladder with { Awaits = null, FirstAcceptedOn = taken.Ladder.FirstAcceptedOn ?? facts.Today } };
    }
}
