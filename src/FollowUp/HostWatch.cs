using System.Runtime.InteropServices;

namespace FollowUp;

/// <summary>
/// Ends the service when the Functions host that started it has gone without ending it, as when the host was killed:
/// nobody would call it any more, and it would hold its memory and its port for ever.
/// </summary>
/// <param name="host">The process of the host.</param>
/// <param name="service">Ends the service.</param>
/// <param name="logger">Takes why.</param>
internal sealed partial class HostWatch(int host, IHostApplicationLifetime service, ILogger<HostWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The process of the host that has started this one; null when none has. It alone sets the variable, and is the parent
    /// then. To be asked first of all: a host that was killed while the service came up is its parent no longer.
    /// </summary>
    public static int? FindHost() =>
        !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_WORKER_ID") is { Length: > 0 } ? NativeMethods.Parent() : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Whose parent has ended is given to another
            if (NativeMethods.Parent() != host)
            {
                HostWatchLog.Gone(logger, host);
                service.StopApplication();
                return;
            }
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "getppid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Parent();
    }

    private static partial class HostWatchLog
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The Functions host (process {Host}) has gone, and the service ends.")]
        public static partial void Gone(ILogger logger, int host);
    }
}
