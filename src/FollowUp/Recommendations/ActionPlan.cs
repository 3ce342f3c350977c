namespace FollowUp.Recommendations;

/// <summary>What an organisation has promised on an inspection, as HM Prison and Probation Service's form lays it out.</summary>
internal sealed record ActionPlan(string Organisation, IReadOnlyList<Recommendation> Recommendations)
{
    /// <summary>A recommendation's lines: one for each action, and one for what is said besides.</summary>
    public static IReadOnlyList<PlanLine> Lines(Recommendation state)
    {
        if (state.Answer is not { } answer)
        {
            return [new PlanLine("", "", "")];
        }

        var said = string.Join("\n", new[]
        {
            answer.AgreedPart is { } part ? $"Agreed: {part}" : null,
            answer.Reason is { } reason ? answer.Position == Position.PartlyAgreed ? $"Not agreed: {reason}" : reason : null,
        }.OfType<string>());
        var lines = answer.Actions.Select(action => new PlanLine(Response(action), action.Who, Target(action)));
        return [.. said.Length > 0 ? [new PlanLine(said, "", "")] : Array.Empty<PlanLine>(), .. lines];
    }

    private static string Response(PlannedAction action) =>
        action.Progress == ActionProgress.NotStarted ? action.Step : $"{action.Step}\n{action.Progress.InWords().Text}.";

    private static string Target(PlannedAction action) => action switch
    {
        { Progress: ActionProgress.Complete } => "Complete",
        { MovedBecause: { } because } => $"{action.TargetOn.InWords()}\nFirst {action.OriginalTargetOn.InWords()}. {because}",
        _ => action.TargetOn.InWords(),
    };
}

/// <summary>A line of an action plan.</summary>
internal sealed record PlanLine(string Response, string Owner, string Target);
