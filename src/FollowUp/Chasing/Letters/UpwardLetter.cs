using FollowUp.Deadlines;
using FollowUp.Email;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>Letters to the organisations above: they may read everything, name a contact and ask for time, but not answer.</summary>
internal static class UpwardLetter
{
    public static EmailContent Write(LetterFacts facts)
    {
        var matters = Matter.Of(facts);
        var gravest = ChasingLetter.Gravest(matters);
        var others = matters.Count - gravest.Count;
        return LetterFrame.Write(
            facts,
            Subject(matters, facts),
            Title(gravest, facts),
            [.. Opening(gravest, others, facts), MatterParts.Shared(matters, facts)],
            $"Read {Owed.What(matters)}",
            [
                .. MatterParts.Each(matters, facts),
                new EmailBlock.Heading("What has happened so far"),
                new EmailBlock.Bullets([.. MatterParts.Together(matters, m => StoryOf(m, facts))]),
                new EmailBlock.Heading("What you can do"),
                new EmailBlock.Paragraph("By the link you can:"),
                new EmailBlock.Bullets(["read everything that was asked and answered", "ask for more time on its behalf", $"name a contact at {facts.OrganisationName()}"]),
                new EmailBlock.Paragraph($"You cannot answer for {facts.OrganisationName()}: its own contacts do that by their own links."),
                .. MatterParts.Next(matters, facts, WhatHappensNext.ToUpward),
            ]);
    }

    /// <summary>What has happened on an ask up to now.</summary>
    public static IEnumerable<string> StoryOf(Matter matter, LetterFacts facts)
    {
        var ask = matter.Recommendation.Ask;
        var story = new List<(DateOnly On, string What)>
        {
            (matter.Inspection.PublishedOn, "we published the report"),
            (ask.OpenedOn, $"we asked {facts.OrganisationName()} for its {Owed.Of(ask.Kind).Noun}"),
        };
        story.AddRange((matter.Item.SoFar ?? []).Where(e => e.On > ask.OpenedOn).Select(e => (e.On, $"we sent an email, “{SafeText.Name(e.Step)}”")));
        if (facts.Today > ask.DueOn)
        {
            story.Add((ask.DueOn, $"the deadline passed without {(ask.Kind == AskKind.Response ? "an answer" : "a progress update")}"));
        }

        foreach (var (on, what) in story.OrderBy(s => s.On))
        {
            yield return $"{on.InWords()}: {what}.";
        }

        if (ask.DueOn != ask.OriginalDueOn)
        {
            yield return $"We had moved the deadline from {ask.OriginalDueOn.InWords()} to {ask.DueOn.InWords()}.";
        }

        if (matter.Recommendation.TimeRequest is { } request)
        {
            yield return $"There is a request for more time, until {request.DueOn.InWords()}. The inspectorate has not decided yet.";
        }
    }

    private static string Subject(IReadOnlyList<Matter> matters, LetterFacts facts)
    {
        var left = facts.Calendar.Left(matters[0].DueOn, facts.Today);
        return $"{Words.UpperFirst(left)}: {SafeText.Name(facts.Organisation.Name, 60)}, {Owed.What(matters)}{facts.Area()}";
    }

    private static string Title(IReadOnlyList<Matter> gravest, LetterFacts facts) => gravest[0].Urgency == Urgency.Overdue
        ? $"{facts.OrganisationName()} has not sent its {Owed.On(gravest).Noun}"
        : $"We cannot reach {facts.OrganisationName()}";

    private static IEnumerable<EmailBlock> Opening(IReadOnlyList<Matter> gravest, int others, LetterFacts facts)
    {
        var (due, left) = (gravest[0].DueOn, facts.Calendar.Left(gravest[0].DueOn, facts.Today));
        var owed = Owed.On(gravest);
        var what = $"{owed.Noun} {owed.Preposition} {Owed.What(gravest)} of {facts.Inspectorate()}";
        yield return new EmailBlock.Paragraph(gravest[0].Urgency == Urgency.Overdue
            ? $"{facts.OrganisationName()} has not sent its {what}. It was due on {due.WithWeekday()} and is now {left}."
            : $"{facts.OrganisationName()} has been asked for its {what}, due on {due.WithWeekday()}: {left}.");

        // A step that is not meant for those above comes to them only when nobody below can be reached
        yield return new EmailBlock.Notice(gravest.All(m => m.Item.Step?.GoesUp != false)
            ? $"Please make sure that {facts.OrganisationName()} sends it."
            : $"We have nobody to write to at {facts.OrganisationName()}. Please name a contact there.");
        if (others > 0)
        {
            yield return new EmailBlock.Paragraph($"This email is also about {Words.Count(others, "other recommendation")}. The deadlines are below.");
        }
    }
}
