using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FollowUp.Tests.Azure;

/// <summary>The exit code by which the Functions host knows whether to start a worker again.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EndingTests
{
    // Harmless to whatever else runs in this process, as SIGTERM would not be
    private const PosixSignal Signal = PosixSignal.SIGWINCH;

    [Fact]
    public async Task Asked_by_the_host_it_stays_ended()
    {
        using var host = Host();
        var ending = Ending.RunAsync(host, Signal);
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(0, await ending);
    }

    [Fact]
    public async Task Ended_by_somebody_else_it_is_started_again()
    {
        using var host = Host();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var ending = Ending.RunAsync(host, Signal);
        // As the host's own registration: it comes after
        using var told = PosixSignalRegistration.Create(Signal, _ => lifetime.StopApplication());
        using (var kill = Process.Start("kill", ["-WINCH", $"{Environment.ProcessId}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, await ending.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ended_by_a_part_that_failed_it_is_started_again()
    {
        using var host = Host(services => services.AddHostedService<Failing>());

        Assert.Equal(200, await Ending.RunAsync(host, Signal).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static IHost Host(Action<IServiceCollection>? add = null) =>
        new HostBuilder().ConfigureServices(services => add?.Invoke(services)).Build();

    private sealed class Failing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("a part of the service");
        }
    }
}
