using System.Runtime.InteropServices;
using FollowUp.Local.Clock;

namespace FollowUp.Local.Service;

/// <summary>Child mode: the service itself, composed as in production but with the movable clock.</summary>
internal static class ServiceChild
{
    public const string Verb = "service";

    public static async Task RunAsync(string clockFile, string[] args)
    {
        LeaveTheTerminalsGroup();
        using var clock = SharedClock.Read(clockFile);
        await using var app = CustomHandler.Create(args, clock);
        await app.StartAsync();
        await Task.WhenAny(ParentClosesInputAsync(), app.WaitForShutdownAsync());

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await app.StopAsync(limit.Token);
    }

    private static async Task ParentClosesInputAsync()
    {
        await using var input = Console.OpenStandardInput();
        while (await input.ReadAsync(new byte[1]) > 0)
        {
        }
    }

    // Ctrl+C goes to the whole group; the parent alone decides when the service stops
    private static void LeaveTheTerminalsGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = NativeMethods.SetProcessGroup(0, 0);
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "setpgid"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SetProcessGroup(int process, int group);
    }
}
