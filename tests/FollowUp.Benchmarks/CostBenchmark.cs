using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Local.Azurite;

namespace FollowUp.Benchmarks;

/// <summary>What one digest costs in storage requests and rows read, by phase, in a small register and in a large one.</summary>
internal static partial class CostBenchmark
{
    public static async Task RunAsync(Numbers numbers)
    {
        var chased = numbers.Of("digests", 100);
        foreach (var registered in new[] { numbers.Of("small", 5_000), numbers.Of("large", 100_000) })
            await MeasureAsync(chased, registered);
    }

    private static async Task MeasureAsync(int chased, int registered)
    {
        var counted = new ConcurrentDictionary<string, int>();
        var rows = 0;
        var tap = new ServiceTap
        {
            After = (request, answer) =>
            {
                if (request.To != "Mail")
                {
                    counted.AddOrUpdate(NameOf(request), 1, (_, count) => count + 1);
                    Interlocked.Add(ref rows, request.Method == "GET" ? Row().Count(answer) : 0);
                }

                return Task.FromResult(true);
            },
        };
        await using var sink = await MailSink.StartAsync();
        await using var bench = await new Bench().StartAsync(sink.Address, tap, holdsQueue: true);
        await new FilledRegister(bench.Stack.StorageConnectionString).FillAsync(chased, registered);

        bench.Stack.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks = "off" }));
        counted.Clear();
        rows = 0;
        await bench.ChaseAsync();
        var planning = Report("planning", counted, rows, chased);
        counted.Clear();
        rows = 0;

        // Sending has waited until planning was over, so that each request belongs to one of them
        using var stop = new CancellationTokenSource();
        var sends = bench.Stack.Queue.RunAsync(stop.Token);
        await bench.Stack.Mover.SettleAsync(CancellationToken.None);
        await stop.CancelAsync();
        await sends.ContinueWith(_ => { }, TaskScheduler.Default);
        if (bench.Stack.Inbox.All.Count != chased)
            throw new InvalidOperationException($"{bench.Stack.Inbox.All.Count} of {chased} emails were sent.");
        var sending = Report("sending", counted, rows, chased);
        Machine.Say($"{registered:#,0} registered, {chased} digests: {planning + sending:0.0} requests for each digest in all");
    }

    private static double Report(string phase, ConcurrentDictionary<string, int> counted, int rows, int digests)
    {
        var all = (double)counted.Values.Sum() / digests;
        Machine.Say($"  {phase}: {all:0.00} requests and {(double)rows / digests:0.00} rows read for each digest");
        foreach (var (name, count) in counted.OrderByDescending(c => c.Value))
            Machine.Say($"    {(double)count / digests,6:0.00} × {name}");
        return all;
    }

    private static string NameOf(TappedRequest request)
    {
        var table = request.Path.EndsWith("/$batch", StringComparison.Ordinal) ? "transaction in " + Table().Match(request.Body).Groups[1].Value : Path().Replace(request.Path["/devstoreaccount1/".Length..], "");
        return $"{request.To} {request.Method} {table}";
    }

    [GeneratedRegex("\"RowKey\"")]
    private static partial Regex Row();

    [GeneratedRegex("devstoreaccount1/([A-Za-z]+)")]
    private static partial Regex Table();

    [GeneratedRegex("[(/].*$")]
    private static partial Regex Path();
}
