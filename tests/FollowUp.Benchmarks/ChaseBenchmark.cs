using System.Diagnostics;

namespace FollowUp.Benchmarks;

/// <summary>
/// The chase of many organisations in a full register, from the timer to the last accepted email, beside the same
/// requests sent raw through the SDKs, as many at once, over the same register.
/// </summary>
internal static class ChaseBenchmark
{
    public static async Task RunAsync(Numbers numbers)
    {
        var chased = numbers.Of("organisations", 1_000);
        var registered = numbers.Of("recommendations", 10_000);
        var service = await MeasureAsync("The service", chased, registered, async bench =>
        {
            var watch = Stopwatch.StartNew();
            await bench.ChaseAsync();
            return watch.Elapsed;
        });
        var raw = await MeasureAsync("The same requests raw", chased, registered, null);
        Machine.Say($"{chased:#,0} organisations of {registered:#,0} recommendations: {service / raw:0.00} times the raw requests");
    }

    private static async Task<double> MeasureAsync(string what, int chased, int registered, Func<Bench, Task<TimeSpan>>? chase)
    {
        await using var sink = await MailSink.StartAsync();
        await using var bench = await new Bench().StartAsync(sink.Address, holdsQueue: chase is null);
        var register = new FilledRegister(bench.Stack.StorageConnectionString);
        await register.FillAsync(chased, registered);
        var watch = Stopwatch.StartNew();
        var chasing = chase is not null ? chase(bench) : new RawChase(register.Store, sink.Address).RunAsync();
        await Task.WhenAll(chasing, sink.TakenAsync(chased));
        if (chase is not null)
            await bench.Stack.Mover.SettleAsync(CancellationToken.None);
        var seconds = watch.Elapsed.TotalSeconds;
        var memory = chase is null ? "" : FormattableString.Invariant($", the service held {Machine.MemoryOf(bench.ServiceId).Peak:0} MiB at most");
        Machine.Say($"{what}: {chased:#,0} emails in {seconds:0.0} s, {chased / seconds:0} a second; all planned after {(await chasing).TotalSeconds:0.0} s; {sink.Bytes / chased:#,0} bytes posted for each{memory}");
        return seconds;
    }
}
