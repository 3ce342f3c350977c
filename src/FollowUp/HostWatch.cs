using System.Runtime.InteropServices;

namespace FollowUp;

/// <summary>
/// Ends the service when the Functions host that started it has gone without ending it, as when the host was killed:
/// nobody would call it any more, and it would hold its memory and its port for ever.
/// </summary>
internal sealed partial class HostWatch(IHostApplicationLifetime service, ILogger<HostWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>Whether a host has started this process; it alone sets this variable, and is its parent then.</summary>
    public static bool IsNeeded =>
        !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_WORKER_ID") is { Length: > 0 };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var host = NativeMethods.Parent();
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
