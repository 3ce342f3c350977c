using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>An action as somebody has written it down.</summary>
public sealed record ActionForm(string? Step, string? Who, DateOnly? TargetOn)
{
    public bool IsEmpty => string.IsNullOrWhiteSpace(Step) && string.IsNullOrWhiteSpace(Who) && TargetOn is null;
}

/// <summary>An answer as somebody has written it down: every part may be missing or wrong.</summary>
public sealed record AnswerForm
{
    public const int MostActions = 20;
    public const int LongestStep = 1000;
    public const int LongestReason = 5000;

    public Position? Position { get; init; }

    public string? AgreedPart { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<ActionForm> Actions { get; init; } = [];

    public string? Name { get; init; }

    public string? Role { get; init; }

    /// <summary>Whether the person declares that they answer for the organisation.</summary>
    public bool Declared { get; init; }

    /// <summary>What is wrong with the answer itself, before anybody has put a name to it. Fields are named as on the page: <c>position</c>, <c>actions[0].step</c> …</summary>
    internal void Check(Problems problems, DateOnly today)
    {
        problems.AddWhen(Position is null, "position", "Choose whether you agree, partly agree or do not agree");
        if (Position == Recommendations.Position.PartlyAgreed)
        {
            problems.Text(AgreedPart, "agreedPart", "which part you agree with", LongestReason);
        }

        if (Position is Recommendations.Position.PartlyAgreed or Recommendations.Position.NotAgreed)
        {
            problems.Text(Reason, "reason", Position == Recommendations.Position.NotAgreed ? "why you do not agree" : "why you do not agree with the rest", LongestReason);
        }

        if (Position is Recommendations.Position.Agreed or Recommendations.Position.PartlyAgreed)
        {
            CheckActions(problems, today);
        }
    }

    /// <summary>What is wrong with the declaration.</summary>
    internal void CheckDeclaration(Problems problems)
    {
        problems.Line(Name, "name", "your full name", 100);
        problems.Line(Role, "role", "your job title", 100);
        problems.AddWhen(!Declared, "declared", "Confirm that you answer for your organisation");
    }

    /// <summary>The answer, once it has been checked.</summary>
    internal Answer Read(string linkSentTo, DateTimeOffset now, DateOnly today, DateOnly dueOn) => new()
    {
        Position = Position!.Value,
        AgreedPart = Position == Recommendations.Position.PartlyAgreed ? AgreedPart!.Trim() : null,
        Reason = Position is Recommendations.Position.PartlyAgreed or Recommendations.Position.NotAgreed ? Reason!.Trim() : null,
        Actions = Position == Recommendations.Position.NotAgreed ? [] :
        [
            .. Actions.Where(a => !a.IsEmpty).Select((a, i) => new PlannedAction
            {
                Number = i + 1,
                Step = a.Step!.Trim(),
                Who = a.Who!.Trim(),
                TargetOn = a.TargetOn!.Value,
                OriginalTargetOn = a.TargetOn.Value,
            }),
        ],
        By = new Answerer(Name!.Trim(), Role!.Trim(), linkSentTo),
        At = now,
        DueOn = dueOn,
        Late = today > dueOn,
    };

    private void CheckActions(Problems problems, DateOnly today)
    {
        problems.AddWhen(Actions.All(a => a.IsEmpty), "actions[0].step", "Enter at least one action: what you will do, who will do it and by when");
        problems.AddWhen(Actions.Count(a => !a.IsEmpty) > MostActions, "actions[0].step", $"Enter {MostActions} actions or fewer");
        for (var i = 0; i < Actions.Count; i++)
        {
            if (Actions[i] is not { IsEmpty: false } action)
            {
                continue;
            }

            var field = $"actions[{i}]";
            problems.Text(action.Step, field + ".step", $"what you will do for action {i + 1}", LongestStep);
            problems.Text(action.Who, field + ".who", $"who will do action {i + 1}", 200);
            problems.AddWhen(action.TargetOn is null, field + ".targetOn", $"Enter the date by which action {i + 1} will be done");
            problems.AddWhen(action.TargetOn <= today, field + ".targetOn", $"The date of action {i + 1} must be in the future");
            problems.AddWhen(action.TargetOn > today.AddYears(10), field + ".targetOn", $"The date of action {i + 1} must be within 10 years");
        }
    }
}
