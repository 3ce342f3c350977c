using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>What somebody reports of one action.</summary>
/// <param name="Reason">Why its date moves, if it does.</param>
public sealed record ActionUpdateForm(int Number, ActionProgress? Progress, DateOnly? TargetOn, string? Reason = null);

/// <summary>A report of progress as somebody has written it down.</summary>
public sealed record UpdateForm
{
    public const int LongestText = 5000;
    public const int LongestReason = 1000;

    public string? Text { get; init; }

    public IReadOnlyList<ActionUpdateForm> Actions { get; init; } = [];

    /// <summary>The files that the person saw on the page, by their ids.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public string? Name { get; init; }

    public string? Role { get; init; }

    /// <summary>Whether the person declares that they report for the organisation.</summary>
    public bool Declared { get; init; }

    internal void Check(Problems problems, IReadOnlyList<PlannedAction> actions, DateOnly today)
    {
        problems.Text(Text, "text", "what has been done since the last report", LongestText);
        for (var i = 0; i < actions.Count; i++)
        {
            var report = Actions.FirstOrDefault(a => a.Number == actions[i].Number);
            var field = $"actions[{i}]";
            problems.AddWhen(report?.Progress is null, field + ".progress", $"Choose how far action {actions[i].Number} is");
            var stillOpen = report?.Progress is ActionProgress.NotStarted or ActionProgress.UnderWay;
            problems.AddWhen(stillOpen && report!.TargetOn is null, field + ".targetOn", $"Enter the date by which action {actions[i].Number} will be done");
            problems.AddWhen(stillOpen && report!.TargetOn <= today, field + ".targetOn", $"The date of action {actions[i].Number} must be in the future");
            problems.AddWhen(stillOpen && report!.TargetOn > today.AddYears(10), field + ".targetOn", $"The date of action {actions[i].Number} must be within 10 years");
            if (Moves(actions[i], report))
            {
                problems.Text(report!.Reason, field + ".reason", $"why the date of action {actions[i].Number} has changed", LongestReason);
            }
        }

        problems.Line(Name, "name", "your full name", 100);
        problems.Line(Role, "role", "your job title", 100);
        problems.AddWhen(!Declared, "declared", "Confirm that you report for your organisation");
    }

    internal ProgressUpdate Read(IReadOnlyList<PlannedAction> before, IReadOnlyList<EvidenceFile> evidence, string linkSentTo, DateTimeOffset now, DateOnly today, DateOnly dueOn)
    {
        var actions = before.Select(action =>
        {
            var report = Actions.First(a => a.Number == action.Number);
            return action with
            {
                Progress = report.Progress!.Value,
                TargetOn = report.Progress == ActionProgress.Complete ? action.TargetOn : report.TargetOn!.Value,
                MovedBecause = Moves(action, report) ? report.Reason!.Trim() : action.MovedBecause,
            };
        }).ToList();
        return new ProgressUpdate
        {
            At = now,
            Text = Text!.Trim(),
            By = new Answerer(Name!.Trim(), Role!.Trim(), linkSentTo),
            DueOn = dueOn,
            Late = today > dueOn,
            ClaimsComplete = actions.All(a => a.Progress == ActionProgress.Complete),
            Actions = actions,
            Evidence = evidence,
        };
    }

    /// <summary>Whether an action that stays open gets another date.</summary>
    private static bool Moves(PlannedAction action, ActionUpdateForm? report) =>
        report is { Progress: ActionProgress.NotStarted or ActionProgress.UnderWay, TargetOn: { } day } && day != action.TargetOn;
}
