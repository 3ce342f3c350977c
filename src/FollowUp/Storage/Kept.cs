namespace FollowUp.Storage;

/// <summary>
/// Something from storage that many need and few change: kept for as long as the stamp of <see cref="ChangeStamp"/>
/// stays the same, and for 20 seconds at most, since a change may lack its stamp.
/// </summary>
internal sealed class Kept<T>(TimeProvider real)
    where T : class
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private Copy? copy;
    private long lastTurn;

    private sealed record Copy(T What, string? Stamp, DateTimeOffset ReadAt);

    /// <param name="stamp">The stamp as it was read before.</param>
    /// <param name="readAsync">Reads it anew.</param>
    public async Task<T> GetAsync(string? stamp, Func<Task<T>> readAsync)
    {
        var readAt = real.GetUtcNow();
        if (copy is not { } kept || kept.Stamp != stamp || readAt - kept.ReadAt > Longest || readAt - kept.ReadAt > Longest / 2 && IsMyTurn(readAt))
        {
            copy = kept = new Copy(await readAsync(), stamp, readAt);
        }

        return kept.What;
    }

    /// <summary>One of those at work reads it again before its time is over, so that they do not all do it then.</summary>
    private bool IsMyTurn(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref lastTurn);
        return now.UtcTicks - last > Longest.Ticks / 2 && Interlocked.CompareExchange(ref lastTurn, now.UtcTicks, last) == last;
    }
}
