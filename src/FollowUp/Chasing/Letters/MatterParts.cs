using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>The parts of a letter that are about its recommendations.</summary>
internal static class MatterParts
{
    /// <summary>Inspection, publication, organisation and deadline, as far as all matters share them.</summary>
    public static EmailBlock.Facts Shared(IReadOnlyList<Matter> matters, LetterFacts facts) => new(
    [
        .. Same(matters, m => m.Inspection.Id) ? InspectionRows(matters[0]) : [],
        ("Made to", facts.OrganisationName()),
        .. Same(matters, m => (m.Kind, m.DueOn)) ? DueRow(matters[0], facts) : matters.Select(m => ($"{m.Label} due".UpperFirst(), Due(m, facts))),
    ]);

    /// <summary>Each recommendation in its full words, with what it does not share with the others.</summary>
    public static IEnumerable<EmailBlock> Each(IReadOnlyList<Matter> matters, LetterFacts facts)
    {
        yield return new EmailBlock.Heading(matters.Count == 1 ? "The recommendation" : "The recommendations");
        foreach (var matter in matters)
        {
            yield return new EmailBlock.Heading(matter.Label.UpperFirst(), 3);
            yield return new EmailBlock.Quote(matter.Recommendation.Text);
            List<(string, string)> own =
            [
                .. Same(matters, m => m.Inspection.Id) ? [] : InspectionRows(matter),
                .. Same(matters, m => (m.Kind, m.DueOn)) ? [] : DueRow(matter, facts),
            ];
            if (own.Count > 0)
            {
                yield return new EmailBlock.Facts(own);
            }

            foreach (var block in matter.Kind == AskKind.Progress ? OpenActions(matter.OpenActions, facts) : [])
            {
                yield return block;
            }
        }
    }

    public static IEnumerable<EmailBlock> OpenActions(IReadOnlyList<PlannedAction> actions, LetterFacts facts)
    {
        if (actions.Count > 0)
        {
            yield return new EmailBlock.Paragraph($"{(facts.ToOwn() ? "Your" : "Its")} open {(actions.Count == 1 ? "action" : "actions")}:");
            yield return new EmailBlock.Bullets([.. actions.Select(a =>
                $"Action {a.Number}: {SafeText.OneLine(a.Step)}\nWho: {SafeText.Name(a.Who, 250)}\nTarget date: {a.TargetOn.InWords()}{(a.TargetOn < facts.Today ? " (passed)" : "")}")]);
        }
    }

    /// <summary>What an answer or an update is made of.</summary>
    public static IEnumerable<EmailBlock> WhatToSend(IReadOnlyList<Matter> matters)
    {
        var kinds = matters.Select(m => m.Kind).ToHashSet();
        yield return new EmailBlock.Heading("What to send");
        yield return new EmailBlock.Bullets(
        [
            .. kinds.Contains(AskKind.Response) ? new[]
            {
                $"For {One(matters, AskKind.Response)}, say whether your organisation agrees, partly agrees or does not agree.",
                "If it agrees or partly agrees, list each action, who will do it and by when.",
                "If it partly agrees or does not agree, say why.",
            }
            : [],
            .. kinds.Contains(AskKind.Progress) ? new[]
            {
                $"For {One(matters, AskKind.Progress)}, say what has been done and how far each action has come.",
                "Give a new target date for each action that is still open.",
            }
            : [],
            "Send it by the link: we cannot take it by email.",
            "If you need more time, ask for it by the same link and say why. The inspectorate will decide.",
        ]);
    }

    /// <summary>What will happen, once where it is the same for all matters.</summary>
    public static IEnumerable<EmailBlock> Next(IReadOnlyList<Matter> matters, LetterFacts facts, Func<Matter, LetterFacts, IEnumerable<string>> what, params string[] before)
    {
        yield return new EmailBlock.Heading("What happens next");
        yield return new EmailBlock.Bullets([.. before, .. Together(matters, m => what(m, facts))]);
    }

    /// <summary>Sentences about matters: each is said once, with the recommendations it is about unless it is about all.</summary>
    public static IEnumerable<string> Together(IReadOnlyList<Matter> matters, Func<Matter, IEnumerable<string>> sentences) =>
        from matter in matters
        from sentence in sentences(matter)
        group matter by sentence into said
        let labels = said.Distinct().Select(m => m.Label).ToList()
        select labels.Count == matters.Count ? said.Key : $"{Words.UpperFirst(Wording.List(labels))}: {said.Key}";

    private static (string, string)[] InspectionRows(Matter matter) =>
    [
        ("Inspection", SafeText.Name(matter.Inspection.Title, 200)),
        ("Report published", matter.Inspection.PublishedOn.InWords()),
    ];

    private static (string, string)[] DueRow(Matter matter, LetterFacts facts) =>
        [($"{Words.UpperFirst(Owed.Of(matter.Kind).Noun)} due", Due(matter, facts))];

    private static string Due(Matter matter, LetterFacts facts) => $"{matter.DueOn.WithWeekday()} ({facts.Calendar.Left(matter.DueOn, facts.Today)})";

    private static string One(IReadOnlyList<Matter> matters, AskKind kind) => matters switch
    {
        [_] => "the recommendation",
        _ when matters.All(m => m.Kind == kind) => "each recommendation",
        _ => Wording.List(matters.Where(m => m.Kind == kind).Select(m => m.Label)),
    };

    private static bool Same<T>(IEnumerable<Matter> matters, Func<Matter, T> of) => matters.Select(of).Distinct().Count() == 1;
}
