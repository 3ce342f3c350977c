using System.Diagnostics;
using System.Security.Cryptography;
using FollowUp.Local;
using FollowUp.Local.Azurite;
using FollowUp.Local.Service;

namespace FollowUp.Benchmarks;

/// <summary>From the start of the process to its first answer, and its memory at rest, beside an app that does nothing.</summary>
internal static class StartBenchmark
{
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Numbers numbers)
    {
        await using var azurite = await AzuriteProcess.StartAsync(null, CancellationToken.None);
        var anywhere = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var settings = ServiceSettings.For(anywhere, anywhere, azurite.ConnectionString, anywhere, AnyKey());
        var empty = Machine.Publish(Path.Combine(RepositoryRoot.Find(), "tests", "FollowUp.Benchmarks", "EmptyApp"));
        var times = numbers.Of("starts", 5);
        await MeasureAsync("The package", Path.Combine(Machine.Package, "FollowUp"), settings.Environment, times);
        await MeasureAsync("An empty ASP.NET Core app", Path.Combine(empty, "EmptyApp"), new Dictionary<string, string>(), times);
    }

    private static async Task MeasureAsync(string what, string executable, IReadOnlyDictionary<string, string> environment, int times)
    {
        var starts = new List<double>();
        var memory = 0.0;
        for (var i = 0; i < times; i++)
        {
            var port = FreePort.Next();
            var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}";
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{executable} did not start");
            _ = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await FirstAnswerAsync(new Uri($"http://127.0.0.1:{port}/"), process);
            starts.Add(watch.Elapsed.TotalMilliseconds);
            if (i == times - 1)
            {
                await Task.Delay(AtRest);
                memory = Machine.MemoryOf(process.Id).Now;
            }

            process.Kill();
            await process.WaitForExitAsync();
        }

        Machine.Say($"{what}: first answer after {Latencies.Of(starts).At(0.5):0} ms (median of {times}; the first {starts[0]:0} ms), {memory:0} MiB at rest");
    }

    private static string AnyKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>As the host asks: every 25 ms, until there is any answer.</summary>
    private static async Task FirstAnswerAsync(Uri address, Process process)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (!process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(address);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(25);
            }
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}.");
    }
}
