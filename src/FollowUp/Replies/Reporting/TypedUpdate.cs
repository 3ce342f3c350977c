using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>What somebody chose and typed about one action.</summary>
internal sealed record TypedProgress
{
    public int Number { get; init; }

    public ActionProgress? Progress { get; init; }

    public TypedDate? TargetOn { get; init; }

    /// <summary>Why the date moves.</summary>
    public string? Reason { get; init; }
}

/// <summary>A report of progress as somebody typed it.</summary>
internal sealed record TypedUpdate : ITyped
{
    public string? Text { get; init; }

    public IReadOnlyList<TypedProgress> Actions { get; init; } = [];

    /// <summary>The id of the link by which somebody declared that it is correct: whoever comes by another one declares for themselves.</summary>
    public string? DeclaredBy { get; init; }

    public static AskKind AskedBy => AskKind.Progress;

    /// <summary>A report to start from: the actions as they stand.</summary>
    public static TypedUpdate Of(IEnumerable<PlannedAction> actions, DateOnly today) => new()
    {
        Actions =
        [
            .. actions.Select(a => new TypedProgress
            {
                Number = a.Number,
                Progress = a.Progress == ActionProgress.NotStarted ? null : a.Progress,
                TargetOn = a.TargetOn > today ? TypedDate.Of(a.TargetOn) : null,
            }),
        ],
    };

    public UpdateForm Read() => new()
    {
        Text = Text,
        Actions = [.. Actions.Select(a => new ActionUpdateForm(a.Number, a.Progress, a.TargetOn?.Read(), a.Reason))],
    };

    public bool WasSent(Recommendation state) => state.Updates.Any(IsSentAs);

    /// <summary>What is wrong with it, with the fields named as on the page.</summary>
    /// <param name="actions">The actions as they were planned.</param>
    /// <param name="form">What was read of it, signed and declared.</param>
    /// <param name="today">The day.</param>
    public IEnumerable<Problem> Check(IReadOnlyList<PlannedAction> actions, UpdateForm form, DateOnly today)
    {
        var problems = new Problems();
        for (var i = 0; i < actions.Count; i++)
        {
            var typed = Actions.FirstOrDefault(a => a.Number == actions[i].Number);
            if (typed is { Progress: not ActionProgress.Complete } && typed.TargetOn?.Problem($"The date of action {actions[i].Number}") is { } message)
            {
                problems.Add($"actions[{i}].targetOn", message);
            }
        }

        form.Check(problems, actions, today);
        return problems.Refusal.Problems.DistinctBy(p => p.Field);
    }

    private bool IsSentAs(ProgressUpdate sent) =>
        Text?.Trim() == sent.Text
        && sent.Actions.All(action => Actions.Any(a => a.Number == action.Number && a.Progress == action.Progress && (a.Progress == ActionProgress.Complete || a.TargetOn?.Read() == action.TargetOn)));
}
