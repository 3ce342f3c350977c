using System.Globalization;

namespace FollowUp.Recommendations;

/// <summary>A step as somebody typed it.</summary>
/// <param name="Days">How many working days before or after the deadline.</param>
/// <param name="IsBefore">Whether it lies before the deadline; null when nobody has said.</param>
public sealed record LadderStepForm(string? Name, string? Days, bool? IsBefore, IReadOnlyList<StepAudience> Audience);

/// <summary>A ladder as somebody typed it: the steps after the notice, which is always the first.</summary>
public sealed record LadderForm(IReadOnlyList<LadderStepForm> Steps)
{
    public const int MostSteps = 20;
    public const int MostDaysBefore = 60;
    public const int MostDaysAfter = 120;
    private const int LongestName = 60;

    /// <summary>The ladder that follows another one, or what is wrong with the steps.</summary>
    public Outcome<Ladder> Read(Ladder present, DateOnly setOn)
    {
        var problems = new Problems();
        problems.AddWhen(Steps.Count == 0, "", "A ladder needs at least one step after the notice: add one");
        problems.AddWhen(Steps.Count > MostSteps, "", $"A ladder has at most {MostSteps} steps: take some out");
        var steps = Steps.Select((step, i) => ReadStep(step, $"steps[{i}]", problems)).ToList();
        for (var i = 1; i < steps.Count; i++)
        {
            CheckOrder(steps[i - 1], steps[i], $"steps[{i}].days", problems);
        }

        CheckNames(problems);
        if (steps.Count > 0)
        {
            CheckEnd(steps[^1], $"steps[{steps.Count - 1}]", problems);
        }

        return problems.Any ? problems.Refusal : present.Then(steps, setOn);
    }

    private static LadderStep ReadStep(LadderStepForm form, string field, Problems problems)
    {
        var name = problems.Line(form.Name, $"{field}.name", "the name of the step", LongestName);
        var offset = ReadOffset(form, $"{field}.days", problems);
        var goesUp = form.Audience.Any(a => a is StepAudience.EscalatesTo or StepAudience.LevelAbove);
        var goesOut = goesUp || form.Audience.Contains(StepAudience.LeadInspector);
        problems.AddWhen(form.Audience.Count == 0, $"{field}.audience", "Choose who gets this step: nobody would receive it");
        problems.AddWhen(offset < 0 && goesOut, $"{field}.audience", "Before the deadline only the organisation’s own contacts are written to");
        var kind = offset < 0 ? MessageKind.Reminder : goesOut ? MessageKind.Escalation : MessageKind.Overdue;
        return new LadderStep(0, name, offset, kind, [.. form.Audience.Distinct().Order()]);
    }

    private static int? ReadOffset(LadderStepForm form, string field, Problems problems)
    {
        if (string.IsNullOrWhiteSpace(form.Days))
        {
            problems.Add(field, "Enter the number of working days: only the notice has none, and a ladder has one notice");
            return null;
        }

        if (!int.TryParse(form.Days.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days == 0)
        {
            problems.Add(field, "Enter the number of working days as a whole number of 1 or more");
            return null;
        }

        problems.AddWhen(form.IsBefore is null, field, "Choose whether it lies before or after the deadline");
        problems.AddWhen(form.IsBefore == true && days > MostDaysBefore, field, $"A step lies at most {MostDaysBefore} working days before the deadline");
        problems.AddWhen(form.IsBefore == false && days > MostDaysAfter, field, $"A ladder must have an end: a step lies at most {MostDaysAfter} working days after the deadline");
        return form.IsBefore is { } isBefore ? isBefore ? -days : days : null;
    }

    private static void CheckOrder(LadderStep before, LadderStep step, string field, Problems problems)
    {
        if (step.Offset is not { } offset || before.Offset is not { } earlier)
        {
            return;
        }

        problems.AddWhen(offset <= earlier, field, $"The steps must be in the order of their days: this one must come after “{before.Name}”");
        problems.AddWhen(
            offset > earlier && earlier > 0 && offset < earlier + LadderRule.WorkingDaysBetweenOverdueSteps,
            field,
            $"Steps after the deadline lie at least {LadderRule.WorkingDaysBetweenOverdueSteps} working days apart");
    }

    private void CheckNames(Problems problems)
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            problems.AddWhen(
                !string.IsNullOrWhiteSpace(Steps[i].Name) && Steps.Take(i).Any(s => string.Equals(s.Name?.Trim(), Steps[i].Name?.Trim(), StringComparison.OrdinalIgnoreCase)),
                $"steps[{i}].name",
                "Another step has this name: give each a name of its own");
        }
    }

    /// <summary>The last step is the end: after the deadline, and known to somebody of the inspectorate.</summary>
    private static void CheckEnd(LadderStep last, string field, Problems problems)
    {
        problems.AddWhen(last.Offset < 0, $"{field}.days", "The ladder has no end: its last step must come after the deadline");
        problems.AddWhen(last.Offset > 0 && last.Audience.Count > 0 && !last.Audience.Contains(StepAudience.LeadInspector), $"{field}.audience", "The ladder has no end that staff learn of: its last step must go to the lead inspector too");
    }
}

/// <summary>What staff pages call the parts of the ladder.</summary>
internal static class LadderWords
{
    public static string InWords(this StepAudience audience) => audience switch
    {
        StepAudience.Main => "Main contacts",
        StepAudience.Second => "Second contacts",
        StepAudience.Director => "Directors",
        StepAudience.EscalatesTo => "The organisation above",
        StepAudience.LevelAbove => "The level above that",
        _ => "The lead inspector",
    };

    /// <summary>"10 working days before the deadline".</summary>
    public static string When(this LadderStep step) => step.Offset switch
    {
        null => "When the ask opens",
        < 0 => $"{Words.Count(-step.Offset.Value, "working day")} before the deadline",
        _ => $"{Words.Count(step.Offset.Value, "working day")} after the deadline",
    };
}
