namespace FollowUp.Local.Front;

/// <summary>How an invocation ended, by the host's rules.</summary>
internal sealed record DoorOutcome(string Function, bool Succeeded, int? Status, string? Reason, string? Answer);
