namespace FollowUp.Recommendations;

/// <summary>Staff's judgement of an answer.</summary>
public enum Judgement
{
    Acceptable,

    /// <summary>Something else than was recommended, but it will do.</summary>
    AcceptableAlternative,

    /// <summary>Returned to the organisation with a new deadline.</summary>
    Unacceptable,
}

/// <summary>Staff's judgement of progress.</summary>
public enum ProgressJudgement
{
    None,
    Insufficient,
    Reasonable,
    Good,
}

/// <summary>A judgement by staff, kept apart from what the organisation claims: of the answer, or of progress.</summary>
public sealed record Review(Judgement? Judgement, ProgressJudgement? Progress, string? Note, string By, DateTimeOffset At);

/// <summary>Why a recommendation was closed.</summary>
public enum ClosureReason
{
    Implemented,
    NotImplemented,
    NotAccepted,
    Superseded,
    Withdrawn,
}

/// <summary>The end of a recommendation.</summary>
public sealed record Closure(ClosureReason Reason, string? Note, string By, DateTimeOffset At);
