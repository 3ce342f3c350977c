namespace FollowUp.Replies;

/// <summary>A request for more time as somebody has written it down.</summary>
public sealed record TimeForm
{
    private const int LongestReason = 1000;

    public DateOnly? DueOn { get; init; }

    public string? Reason { get; init; }

    public string? Name { get; init; }

    public string? Role { get; init; }

    internal void Check(Problems problems, DateOnly dueOn, DateOnly today)
    {
        problems.AddWhen(DueOn is null, "dueOn", "Enter the date that you ask for");
        problems.AddWhen(DueOn <= today, "dueOn", $"The date that you ask for must be after today, {today.InWords()}");
        problems.AddWhen(DueOn > today && DueOn <= dueOn, "dueOn", $"The date that you ask for must be after the present deadline, {dueOn.InWords()}");
        problems.AddWhen(DueOn > today.AddYears(1), "dueOn", "The date that you ask for must be within a year");
        problems.Text(Reason, "reason", "why you need more time", LongestReason);
        problems.Line(Name, "name", "your full name", 100);
        problems.Line(Role, "role", "your job title", 100);
    }
}
