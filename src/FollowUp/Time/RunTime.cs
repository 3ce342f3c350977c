namespace FollowUp.Time;

/// <summary>
/// The time that one call of a timer or of the queue has, or a request that does as much. After five minutes the Functions host ends the whole process,
/// with all that it does for others, so a run ends itself before.
/// </summary>
internal sealed class RunTime : IDisposable
{
    /// <summary>After which a run is stopped; the host must let it have so long.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(4.5);

    private readonly CancellationTokenSource stopping;
    private readonly long began;
    private readonly TimeProvider real;
    private readonly TimeSpan good;

    /// <param name="real">The clock of the machine.</param>
    /// <param name="stop">Stops it earlier.</param>
    public RunTime(TimeProvider real, CancellationToken stop)
        : this(real, TimeSpan.FromMinutes(4), Longest, stop)
    {
    }

    /// <param name="real">The clock of the machine.</param>
    /// <param name="good">After which nothing more is to be begun.</param>
    /// <param name="longest">After which it is stopped.</param>
    /// <param name="stop">Stops it earlier.</param>
    public RunTime(TimeProvider real, TimeSpan good, TimeSpan longest, CancellationToken stop)
    {
        (this.real, this.good, began) = (real, good, real.GetTimestamp());
        stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        stopping.CancelAfter(longest);
    }

    /// <summary>Whether nothing more is to be begun; the next run goes on.</summary>
    public bool IsUp => real.GetElapsedTime(began) > good;

    /// <summary>Stops what has not ended by itself.</summary>
    public CancellationToken Stop => stopping.Token;

    public void Dispose() => stopping.Dispose();
}
