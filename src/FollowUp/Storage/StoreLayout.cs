namespace FollowUp.Storage;

/// <summary>
/// Lays out the store at the start. Storage that is out of reach is no reason to end: it is tried again. Nor is it one
/// to wait long: after 30 seconds without a word the Functions host gives the process up.
/// </summary>
internal sealed partial class StoreLayout(Store store, ILogger<StoreLayout> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stopping = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var laidOut = UntilLaidOutAsync();
        await Task.WhenAny(laidOut, Task.Delay(Patience, cancellationToken));
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();

    private async Task UntilLaidOutAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await store.LayOutAsync(stopping.Token);
                return;
            }
            catch (Exception outOfReach) when (OutOfReach.Is(outOfReach))
            {
                StoreLayoutLog.OutOfReach(logger, outOfReach);
                await Task.Delay(Pause, stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    private static partial class StoreLayoutLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Storage is out of reach; tables, queue and containers will be laid out when it answers.")]
        public static partial void OutOfReach(ILogger logger, Exception exception);
    }
}
