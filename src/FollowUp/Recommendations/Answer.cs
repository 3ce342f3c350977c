using System.Text.Json;
using System.Text.Json.Serialization;

namespace FollowUp.Recommendations;

/// <summary>The organisation's position on a recommendation, in HMPPS's own form.</summary>
public enum Position
{
    Agreed,

    /// <summary>Agreed in part: which part, and why not the rest.</summary>
    PartlyAgreed,

    /// <summary>Not agreed, and why.</summary>
    NotAgreed,
}

/// <summary>The organisation's answer.</summary>
public sealed record Answer
{
    public required Position Position { get; init; }

    /// <summary>Which part is agreed; with <see cref="Position.PartlyAgreed"/> only.</summary>
    public string? AgreedPart { get; init; }

    /// <summary>Why not all of it is agreed; with <see cref="Position.PartlyAgreed"/> and <see cref="Position.NotAgreed"/>.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<PlannedAction> Actions { get; init; } = [];

    /// <summary>Who answered, as they declared it.</summary>
    public required Answerer By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The deadline that held when the answer came.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Whether it came after the deadline.</summary>
    public bool Late { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>The person who answered or reported, and the address the link was sent to.</summary>
public sealed record Answerer(string Name, string Role, string LinkSentTo);

/// <summary>One action of the plan.</summary>
public sealed record PlannedAction
{
    public required int Number { get; init; }

    /// <summary>What will be done, at most 1,000 characters.</summary>
    public required string Step { get; init; }

    public required string Who { get; init; }

    /// <summary>When it will be done: the date that holds now.</summary>
    public required DateOnly TargetOn { get; init; }

    /// <summary>The date first given.</summary>
    public required DateOnly OriginalTargetOn { get; init; }

    /// <summary>Why its date was moved, the last time that it was; null while the first date holds.</summary>
    public string? MovedBecause { get; init; }

    public ActionProgress Progress { get; init; }
}

/// <summary>How far an action is, as the organisation says.</summary>
public enum ActionProgress
{
    NotStarted,
    UnderWay,
    Complete,
}

/// <summary>A dated report of progress from the organisation.</summary>
public sealed record ProgressUpdate
{
    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }

    public required Answerer By { get; init; }

    public required DateOnly DueOn { get; init; }

    public bool Late { get; init; }

    /// <summary>Whether it claims that everything is done.</summary>
    public bool ClaimsComplete { get; init; }

    /// <summary>The actions as this update left them.</summary>
    public IReadOnlyList<PlannedAction> Actions { get; init; } = [];

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<EvidenceFile> Evidence { get; init; } = [];

    /// <summary>Staff's judgement of it, once they have made one.</summary>
    public ProgressJudgement? Judgement { get; init; }
}

/// <summary>The organisation's request for a new deadline: the last one, with those that others had made before and nobody has decided.</summary>
public sealed record TimeRequest(DateOnly DueOn, string Reason, Answerer By, DateTimeOffset At)
{
    /// <summary>What others had asked for before, the earliest first; of each the last request.</summary>
    public IReadOnlyList<TimeRequest> Earlier { get; init; } = [];

    /// <summary>Everything that was asked for, the earliest first.</summary>
    [JsonIgnore]
    public IEnumerable<TimeRequest> All => [.. Earlier, this with { Earlier = [] }];

    /// <summary>Everybody who was promised the decision.</summary>
    [JsonIgnore]
    public IEnumerable<Answerer> Askers => All.Select(request => request.By);

    /// <summary>The request after one that was pending: whoever asks again replaces what they asked for themselves.</summary>
    public TimeRequest After(TimeRequest? pending) =>
        pending is null ? this : this with { Earlier = [.. pending.All.Where(request => !request.By.LinkSentTo.Equals(By.LinkSentTo, StringComparison.OrdinalIgnoreCase))] };
}
