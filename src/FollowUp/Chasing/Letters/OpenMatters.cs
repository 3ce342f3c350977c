using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>What is open, in a letter that asks for nothing itself but leads there.</summary>
internal static class OpenMatters
{
    public static IEnumerable<EmailBlock> Of(LetterFacts facts)
    {
        var open = Matter.Of(facts).Where(m => m.Recommendation.Ask.IsOpen).ToList();
        if (open.Count == 0)
        {
            yield return new EmailBlock.Paragraph($"Nothing is asked of {facts.OrganisationName()} at the moment.");
            yield break;
        }

        yield return new EmailBlock.Heading(facts.ToOwn() ? "What is asked of your organisation" : $"What is asked of {facts.OrganisationName()}");
        foreach (var inspection in open.GroupBy(m => m.Inspection.Id))
        {
            yield return new EmailBlock.Paragraph($"{SafeText.Name(inspection.First().Inspection.Title, 200)}, published on {inspection.First().Inspection.PublishedOn.InWords()}:");
            yield return new EmailBlock.Bullets([.. inspection.Select(m => $"Recommendation {m.Recommendation.Id.Number}: {Owed.Of(m.Kind).Noun} due on {Due(m.Recommendation.Ask, facts)}")]);
        }
    }

    private static string Due(Ask ask, LetterFacts facts)
    {
        var dueOn = ask.SaidDueOn(facts.Today, facts.Calendar);
        return $"{dueOn.WithWeekday()} ({(ask.IsPausedOn(facts.Today) ? $"paused until {ask.PausedUntil?.WithWeekday()}" : facts.Calendar.Left(dueOn, facts.Today))})";
    }
}
