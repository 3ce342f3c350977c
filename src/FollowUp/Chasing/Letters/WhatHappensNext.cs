using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing.Letters;

/// <summary>What follows if nobody answers, from the ladder and the dates.</summary>
internal static class WhatHappensNext
{
    public static IEnumerable<string> ToOwn(Matter matter, LetterFacts facts)
    {
        var steps = Steps(matter, facts);
        var noun = Owed.Of(matter.Kind).Noun;
        var reminders = steps.Where(s => s.On <= matter.DueOn).Select(s => s.On).ToList();
        if (reminders.Count > 0)
        {
            yield return $"We will remind your organisation on {Wording.Days(reminders)}.";
        }

        var later = steps.Where(s => s.On > matter.DueOn).ToList();
        var writes = new[]
        {
            Say(later.FirstOrDefault(s => s.Step.OwnRoles.Any() && !s.Step.OwnRoles.Contains(ContactRole.Director)), "to your organisation again"),
            Say(later.FirstOrDefault(s => s.Step.OwnRoles.Contains(ContactRole.Director) && facts.Organisation.ContactsOn(s.On, ContactRole.Director).Any(c => !facts.Suspended.Contains(c.Email))), "to your organisation’s director"),
            Up(later, facts),
        };
        var known = writes.OfType<string>().ToList();
        var without = facts.Today > matter.DueOn ? $"If we still have not had your {noun}" : $"If we have not had your {noun} by {matter.DueOn.InWords()}";
        yield return known.Count > 0
            ? $"{without}, we will write {Wording.List(known)}."
            : $"{without}, the inspectorate will decide what to do.";
    }

    public static IEnumerable<string> ToUpward(Matter matter, LetterFacts facts)
    {
        var next = Steps(matter, facts).Find(s => s.On > matter.DueOn && s.Upward(facts).Count > 0);
        var noun = Owed.Of(matter.Kind).Noun;
        yield return next is not null
            ? $"If there is still no {noun}, we will write to {Names(next.Upward(facts))} on {next.On.InWords()}."
            : $"This is our last email of this kind. If there is still no {noun}, the inspectorate will decide what to do.";
    }

    public static IEnumerable<string> ToStaff(Matter matter, LetterFacts facts)
    {
        var steps = Steps(matter, facts);
        foreach (var step in steps)
        {
            var up = step.Upward(facts);
            yield return $"{step.On.InWords()}: {Words.UpperFirst(SafeText.Name(step.Step.Name))}{(up.Count > 0 ? $", to {Names(up)}" : "")}.";
        }

        yield return steps.Count > 0 ? "After that the ladder ends and the matter rests with you." : "The ladder has ended: the matter now rests with you.";
    }

    private static List<StepToCome> Steps(Matter matter, LetterFacts facts) =>
        [.. StepsToCome.After(matter.Item.Step ?? facts.Ladder.Notice, matter.Recommendation.Ask, facts)];

    private static string? Say(StepToCome? step, string whom) => step is null ? null : $"{whom} on {step.On.InWords()}";

    private static string? Up(List<StepToCome> later, LetterFacts facts) =>
        later.Find(s => s.Upward(facts).Count > 0) is { } step ? Say(step, $"to {Names(step.Upward(facts))}")
        : Say(later.Find(s => s.Step.Audience.Contains(StepAudience.LeadInspector)), "to the lead inspector");

    private static string Names(IEnumerable<Organisation> organisations) => Wording.List(organisations.Select(o => SafeText.Name(o.Name)));
}
