using System.ComponentModel;
using System.Runtime.InteropServices;
using FollowUp.Local.Sample;

namespace FollowUp.Local;

/// <summary>The run of one person at one machine: start all, load the sample, say where it is, stop on Ctrl+C.</summary>
internal static class LocalRun
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stopping));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stopping));

        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddCommandLine([.. args.Where(arg => arg != "--fresh")], new Dictionary<string, string> { ["--data"] = "Local:Data" })
            .Build();
        try
        {
            var options = LocalOptions.From(configuration);
            using var data = DataFolder.Take(options.Data, empty: args.Contains("--fresh"));
            await using var stack = await LocalStack.StartAsync(options, stopping.Token);
            if (options.ServiceElsewhere)
                await HostRun.RunAsync(stack, options, stopping.Token);
            if (options.Sample)
                await new SampleRegister(stack, Console.WriteLine).LoadAsync(stopping.Token);
            // Else the health of chasing is red until the first sweep of the day
            await stack.Timers.FireAsync("SweepRegister", stopping.Token);
            stack.Begin();
            Console.WriteLine($"""

                Ready.
                  The service   {stack.Front}
                  Staff pages   {stack.Front}staff
                  The console   {stack.Console}   (clock, people, timers)
                  Its inbox     {stack.Console}inbox
                Ctrl+C stops everything.
                """);
            await Task.Delay(Timeout.Infinite, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
        }
        catch (Win32Exception fault)
        {
            await Console.Error.WriteLineAsync($"{fault.Message} Node must be installed and on the PATH.");
            return 1;
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or HttpRequestException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }

        return 0;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stopping)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}
