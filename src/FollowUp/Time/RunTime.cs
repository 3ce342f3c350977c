namespace FollowUp.Time;

/// <summary>
/// The time that one call of a timer or of the queue has. After five minutes the Functions host ends the whole process,
/// with all that it does for others, so a run ends itself before.
/// </summary>
internal sealed class RunTime : IDisposable
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4.5);
    private readonly CancellationTokenSource stopping;
    private readonly long began;
    private readonly TimeProvider real;

    /// <param name="real">The clock of the machine.</param>
    /// <param name="stop">Stops it earlier.</param>
    public RunTime(TimeProvider real, CancellationToken stop)
    {
        (this.real, began) = (real, real.GetTimestamp());
        stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stopping.CancelAfter(Longest);
    }

    /// <summary>Whether nothing more is to be begun; the next run goes on.</summary>
    public bool IsUp => real.GetElapsedTime(began) > Good;

    /// <summary>Stops what has not ended by itself.</summary>
    public CancellationToken Stop => stopping.Token;

    public void Dispose() => stopping.Dispose();
}
