using FollowUp.Email;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>How urgent something is, the gravest last.</summary>
internal enum Urgency
{
    /// <summary>Asked for the first time.</summary>
    New,

    /// <summary>Asked for before, not yet due.</summary>
    Waiting,

    /// <summary>The last reminder before the deadline.</summary>
    LastReminder,

    /// <summary>Past its deadline.</summary>
    Overdue,
}

/// <summary>One recommendation of a letter: what is owed on it and how urgent that is.</summary>
internal sealed record Matter(LetterItem Item, AskKind Kind, DateOnly DueOn, Urgency Urgency, string Label)
{
    public Recommendation Recommendation => Item.Recommendation;

    public Inspection Inspection => Item.Inspection;

    /// <summary>The letter's matters, the gravest and oldest first.</summary>
    public static IReadOnlyList<Matter> Of(LetterFacts facts) =>
    [
        .. from item in facts.Items
           let ask = item.Recommendation.Ask
           let urgency = UrgencyOf(item.Step, ask.DueOn, facts)
           orderby urgency descending, ask.DueOn, item.Inspection.Id.ToString(), item.Recommendation.Id.Number.Padded
           select new Matter(item, ask.Kind, ask.DueOn, urgency, LabelOf(item, facts)),
    ];

    /// <summary>The actions that the organisation has not reported complete, as its last report left them.</summary>
    public IReadOnlyList<PlannedAction> OpenActions
    {
        get
        {
            var reported = Recommendation.Updates.LastOrDefault(u => u.Actions.Count > 0)?.Actions;
            return [.. (reported ?? Recommendation.Answer?.Actions ?? []).Where(a => a.Progress != ActionProgress.Complete)];
        }
    }

    public static string LabelOf(LetterItem item, LetterFacts facts)
    {
        var number = $"recommendation {item.Recommendation.Id.Number}";
        var inspections = facts.Items.Select(i => i.Inspection).DistinctBy(i => i.Id).ToList();
        var area = SafeText.Name(item.Inspection.Area, 40);
        return inspections.Count == 1 ? number
            : inspections.Count(i => i.Area == item.Inspection.Area) == 1 ? $"{number} ({area})"
            : $"{number} ({area}, report of {item.Inspection.PublishedOn.InWords()})";
    }

    private static Urgency UrgencyOf(LadderStep? step, DateOnly dueOn, LetterFacts facts) =>
        facts.Today > dueOn ? Urgency.Overdue
        : step is null or { IsNotice: true } ? Urgency.New
        : step == facts.Ladder.Steps.LastOrDefault(s => s.IsReminder) ? Urgency.LastReminder
        : Urgency.Waiting;
}
