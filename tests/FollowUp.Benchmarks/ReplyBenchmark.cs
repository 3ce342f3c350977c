using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Local;
using FollowUp.Local.Azurite;
using FollowUp.Local.Sample;

namespace FollowUp.Benchmarks;

/// <summary>The page behind a link under many readers, beside a page that does only the same reads.</summary>
internal static partial class ReplyBenchmark
{
    public static async Task RunAsync(Numbers numbers)
    {
        var readers = numbers.Of("readers", 50);
        var pages = numbers.Of("pages", 3_000);
        var reads = new ConcurrentQueue<Read>();
        var tap = new ServiceTap();
        await using var sink = await MailSink.StartAsync();
        await using var bench = await new Bench().StartAsync(sink.Address, tap);
        await new SampleRegister(bench.Stack, _ => { }).LoadAsync(CancellationToken.None);
        var link = new Uri(Token().Match(bench.Stack.Inbox.All[0].Payload.GetRawText()).Value);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

        // What the page reads, as it is seen on its way to storage
        await client.GetStringAsync(link);
        tap.Before = request =>
        {
            reads.Enqueue(new Read(Uri.UnescapeDataString(request.Path.Split('/')[^1]), request.Query));
            return Task.FromResult(true);
        };
        var page = await client.GetStringAsync(link);
        tap.Before = _ => Task.FromResult(true);

        await using var floor = await FloorProcess.StartAsync(bench.Stack.Settings.Environment["AzureWebJobsStorage"], [.. reads], page.Length);
        var service = new Uri(await bench.Stack.Service.AddressAsync(CancellationToken.None), link.PathAndQuery);
        Machine.Say($"{readers} readers, {pages:#,0} pages of {page.Length / 1024.0:0} KiB, {reads.Count} reads each");
        for (var round = 0; round < 2; round++)
        {
            // The first round warms both
            var ours = await LoadAsync(client, service, readers, pages);
            var theirs = await LoadAsync(client, floor.Address, readers, pages);
            if (round > 0)
            {
                Machine.Say($"The page: {ours}");
                Machine.Say($"Only the reads: {theirs}");
                Machine.Say($"{ours.At(0.99) / theirs.At(0.99):0.00} times at p99");
            }
        }
    }

    private static async Task<Latencies> LoadAsync(HttpClient client, Uri address, int readers, int pages)
    {
        var times = new ConcurrentBag<double>();
        await Parallel.ForEachAsync(Enumerable.Range(0, pages), new ParallelOptions { MaxDegreeOfParallelism = readers }, async (_, token) =>
        {
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(address, token);
            var text = await answer.Content.ReadAsStringAsync(token);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {text}");
            times.Add(watch.Elapsed.TotalMilliseconds);
        });
        return Latencies.Of(times);
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/reply/[A-Za-z0-9_-]+")]
    private static partial Regex Token();
}

/// <summary>A read of a table as it was asked for.</summary>
internal sealed record Read(string What, string Query);

/// <summary>The floor, in a process of its own.</summary>
internal sealed class FloorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private FloorProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<FloorProcess> StartAsync(string storage, IReadOnlyList<Read> reads, int length)
    {
        var port = FreePort.Next();
        var start = new ProcessStartInfo(Environment.ProcessPath!, "floor") { RedirectStandardOutput = true };
        start.Environment["FLOOR"] = JsonSerializer.Serialize(new ReplyFloor.Wish(port, storage, reads, length));
        var process = Process.Start(start) ?? throw new InvalidOperationException("the floor did not start");
        await process.StandardOutput.ReadLineAsync();
        return new FloorProcess(process, new Uri($"http://127.0.0.1:{port}/"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
