namespace FollowUp.Local.Service;

/// <summary>The Functions host's own time limits.</summary>
/// <param name="InvocationWait">How long a call waits for a service that is starting.</param>
/// <param name="FunctionTimeout">After this the host ends the whole process.</param>
/// <param name="RestartDelay">Between a crash and the next start.</param>
/// <param name="QueueVisibility">How long a failed queue message stays out of sight.</param>
internal sealed record HostPatience(TimeSpan InvocationWait, TimeSpan FunctionTimeout, TimeSpan RestartDelay, TimeSpan QueueVisibility)
{
    public static HostPatience Default { get; } = new(
        InvocationWait: TimeSpan.FromSeconds(120),
        FunctionTimeout: TimeSpan.FromMinutes(5),
        RestartDelay: TimeSpan.FromSeconds(1),
        QueueVisibility: TimeSpan.FromSeconds(30));
}
