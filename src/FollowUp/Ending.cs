using System.Runtime.InteropServices;

namespace FollowUp;

/// <summary>
/// How a process ends that the Functions host has started. After exit code 0 the host never starts it again, and every
/// later call would fail; after 200 it does, however often.
/// </summary>
public static class Ending
{
    internal const int AsAsked = 0;
    internal const int StartAgain = 200;

    /// <summary>Runs a service that the Functions host stops by asking for it, as it does with an isolated worker.</summary>
    /// <returns>The exit code: 0 only when the host has asked; 200 when somebody ended the process, or a part of the service failed.</returns>
    // Ctrl+C in a terminal goes to the host as well, which asks then
    public static Task<int> RunAsync(IHost host) => RunAsync(host, PosixSignal.SIGTERM);

    /// <param name="host">The service.</param>
    /// <param name="signal">By which somebody else than the host ends it.</param>
    internal static async Task<int> RunAsync(IHost host, PosixSignal signal)
    {
        // The host's services are away once it has run
        List<BackgroundService> parts = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
        var told = false;
        using var registration = PosixSignalRegistration.Create(signal, _ => Volatile.Write(ref told, true));
        await host.RunAsync();
        return Volatile.Read(ref told) || parts.Any(part => part.ExecuteTask is { IsFaulted: true }) ? StartAgain : AsAsked;
    }
}
