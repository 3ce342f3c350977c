namespace FollowUp.Local.Front;

/// <summary>One function of the app, as its function.json describes it.</summary>
internal sealed record Door(string Name, string Trigger, string BindingName)
{
    public string Route { get; init; } = "";

    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Six fields with seconds, in UTC.</summary>
    public string Schedule { get; init; } = "";

    public string Queue { get; init; } = "";

    public bool IsHttp => Trigger == "httpTrigger";

    public bool IsTimer => Trigger == "timerTrigger";

    public bool IsQueue => Trigger == "queueTrigger";
}
