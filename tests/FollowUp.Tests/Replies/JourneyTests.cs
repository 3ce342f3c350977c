using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Replies;

/// <summary>
/// Many people answering at once. <c>JOURNEY_PEOPLE</c> and <c>JOURNEY_THINK</c> (seconds between two pages) make it the
/// real thing: 200 and 10. Without them a few people hurry, so that the code is run.
/// </summary>
public sealed class JourneyTests : IAsyncLifetime
{
    private static readonly int? AskedFor = int.TryParse(Environment.GetEnvironmentVariable("JOURNEY_PEOPLE"), CultureInfo.InvariantCulture, out var people) ? people : null;
    private static readonly int People = AskedFor ?? 6;
    private static readonly TimeSpan Think = TimeSpan.FromSeconds(double.TryParse(Environment.GetEnvironmentVariable("JOURNEY_THINK"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0.3);
    private readonly ReplyService _service = new();

    public async ValueTask InitializeAsync()
    {
        // So many notices on one day would be held for a person to look at
        _service.Local.Settings["Chasing__HoldLeast"] = "100000";
        _service.Local.Settings["Chasing__DailyCap"] = "100000";
        await _service.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Everybody_gets_through_nothing_is_lost_and_nobody_waits_long()
    {
        var alone = await _service.AskManyAsync(1, each: 10);
        var many = await _service.AskManyAsync((People + 1) / 2, each: 2);

        // Once unmeasured, so that the first person does not pay for the start of the service
        using (var first = _service.Visitor())
            await AnswerAsync(first, await first.StartAsync(alone[0].Ann), alone[0], 1, TimeSpan.Zero, new ConcurrentBag<double>());
        var one = new ConcurrentBag<double>();
        using (var person = _service.Visitor())
        {
            var home = await person.StartAsync(alone[0].Ann);
            for (var number = 2; number <= 10; number++)
                await AnswerAsync(person, home, alone[0], number, TimeSpan.FromSeconds(0.1), one);
        }

        var crowd = new ConcurrentBag<double>();
        var running = Stopwatch.StartNew();
        await Task.WhenAll(many.SelectMany(asked => new[] { (asked, asked.Ann, 1), (asked, asked.Bob, 2) }).Take(People).Select((who, i) => GoAsync(who.asked, who.Item2, who.Item3, Think * i / People, crowd)));
        running.Stop();

        var (p95Alone, p95Together) = (Percentile(one, 0.95), Percentile(crowd, 0.95));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"One person: {one.Count} pages, p50 {Percentile(one, 0.5):0} ms, p95 {p95Alone:0} ms. {People} people: {crowd.Count} pages in {running.Elapsed.TotalSeconds:0} s ({crowd.Count / running.Elapsed.TotalSeconds:0.0} a second), p50 {Percentile(crowd, 0.5):0} ms, p95 {p95Together:0} ms, slowest {crowd.Max():0} ms."));

        var answered = 0;
        foreach (var asked in many)
        {
            for (var number = 1; number <= 2 && answered < People; number++, answered++)
            {
                var answer = (await _service.ReadAsync(asked, "", number))["answer"];
                Assert.Equal($"Step of {asked.Organisation}, {number}", (string?)answer?["actions"]![0]!["step"]);
            }
        }

        Assert.Equal(People, answered);
        if (AskedFor is not null)
            Assert.True(p95Together <= 2 * p95Alone, $"p95 is {p95Together:0} ms together and {p95Alone:0} ms alone");
    }

    private async Task GoAsync(Asked asked, string link, int number, TimeSpan later, ConcurrentBag<double> times)
    {
        await Task.Delay(later, TestContext.Current.CancellationToken);
        using var person = _service.Visitor();
        var entry = await TimedAsync(times, () => person.OpenAsync(link));
        await ThinkAsync(Think);
        var tasks = await TimedAsync(times, () => person.SendAsync(entry, null, ("Email", $"{(link == asked.Ann ? "ann" : "bob")}@{asked.Organisation}.example")));
        await ThinkAsync(Think);
        await AnswerAsync(person, string.Join('/', tasks.Address.Split('/').Take(4)), asked, number, Think, times);
    }

    private static async Task AnswerAsync(Visitor person, string home, Asked asked, int number, TimeSpan think, ConcurrentBag<double> times)
    {
        var question = await TimedAsync(times, () => person.OpenAsync(asked.Question(home, number)));
        await ThinkAsync(think);
        await TimedAsync(times, () => person.SendAsync(question, "save", Typed.Agreed($"Step of {asked.Organisation}, {number}")));
        await ThinkAsync(think);
        var again = await TimedAsync(times, () => person.OpenAsync(question.Address));
        await ThinkAsync(think);
        var check = await TimedAsync(times, () => person.SendAsync(again, "continue"));
        await ThinkAsync(think);
        var receipt = await TimedAsync(times, () => person.SendAsync(check, null, Typed.Declaration));
        Assert.Equal("Answer received", receipt.Heading);
        await ThinkAsync(think);
        await TimedAsync(times, () => person.OpenAsync(home));
    }

    private static Task ThinkAsync(TimeSpan time) => Task.Delay(time * (0.8 + 0.4 * Random.Shared.NextDouble()), TestContext.Current.CancellationToken);

    private static async Task<Seen> TimedAsync(ConcurrentBag<double> times, Func<Task<Seen>> page)
    {
        var waiting = Stopwatch.StartNew();
        var seen = await page();
        times.Add(waiting.Elapsed.TotalMilliseconds);
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Empty(seen.Errors);
        return seen;
    }

    private static double Percentile(IEnumerable<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)];
    }
}
