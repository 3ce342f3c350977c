namespace FollowUp.Time;

/// <summary>Real time: the only clock of the production executable.</summary>
public sealed class SystemClock : IClock
{
    public DateTimeOffset UtcNow => TimeProvider.System.GetUtcNow();
}
