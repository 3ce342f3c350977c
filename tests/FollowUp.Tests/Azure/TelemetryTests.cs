using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Local.Mail;
using FollowUp.Local.Sample;
using FollowUp.Telemetry;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Replies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace FollowUp.Tests.Azure;

/// <summary>A story is told with every trace, metric and log printed, and all that is printed is searched for what must not leave.</summary>
public sealed partial class TelemetryTests
{
    private const string Said = "We train the officers in Cheltenham";

    [Fact]
    public async Task A_message_is_followed_by_its_mid_and_no_address_token_or_letter_leaves()
    {
        await using var local = new LocalService();
        local.Settings["Telemetry__Exporter"] = "console";
        await local.StartAsync(options => options);
        await new SampleRegister(local.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
        Fail(local, """{"status":400,"count":1}""");
        await local.MoveClockAsync(new DateOnly(2017, 9, 14), new TimeOnly(9, 0));
        await OpenLinksAsync(local);
        await AnswerAsync(local);
        // Metrics leave every ten seconds
        await Task.Delay(TimeSpan.FromSeconds(11), TestContext.Current.CancellationToken);

        var log = local.Log;
        foreach (var mid in local.Inbox.Select(Mid))
            Assert.Contains($"followup.mid: {mid}", log, StringComparison.Ordinal);
        foreach (var step in new[] { "ring", "send", "delivery", "openLink", "reply" })
            Assert.Contains($"Activity.DisplayName:        {step}", log, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", log, StringComparison.Ordinal);
        Assert.Contains("LogRecord.CategoryName", log, StringComparison.Ordinal);

        foreach (var canary in Canaries(local))
            Assert.False(log.Contains(canary, StringComparison.OrdinalIgnoreCase), $"“{canary}” has left: {Around(log, canary)}");
    }

    [Fact]
    public void A_caller_who_keeps_no_trace_leaves_one_all_the_same()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Telemetry:Exporter", "otlp"), new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddTelemetry(configuration).BuildServiceProvider();
        services.GetRequiredService<TracerProvider>();
        using var source = new ActivitySource(Trail.Name);

        // A traceparent that ends in -00
        using var step = source.StartActivity("step", ActivityKind.Server, new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true));

        Assert.True(step?.Recorded);
    }

    [Fact]
    public async Task A_collector_gets_traces_metrics_and_logs_and_nothing_that_must_not_leave()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var local = new LocalService();
        foreach (var (name, value) in collector.Settings)
            local.Settings[name] = value;
        await local.StartAsync(options => options);
        await new SampleRegister(local.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
        await OpenLinksAsync(local);

        var last = Mid(local.Inbox[^1])!;
        await ComesAsync(() => collector.Of("traces"), last);
        await ComesAsync(() => collector.Of("metrics"), "http.server.request.duration");
        await ComesAsync(() => collector.Of("logs"), "The chase has planned");
        Assert.All(local.Inbox.Select(Mid), mid => Assert.Contains(mid!, collector.Of("traces"), StringComparison.Ordinal));
        foreach (var signal in new[] { "traces", "metrics", "logs" })
        {
            foreach (var canary in Canaries(local).Where(c => c.Length > 1))
                Assert.False(collector.Of(signal).Contains(canary, StringComparison.OrdinalIgnoreCase), $"“{canary}” has left in the {signal}: {Around(collector.Of(signal), canary)}");
        }
    }

    [Fact]
    public async Task Application_Insights_gets_every_message_and_nothing_that_must_not_leave()
    {
        await using var monitor = await AzureMonitorReceiver.StartAsync();
        await using var local = new LocalService();
        foreach (var (name, value) in monitor.Settings)
            local.Settings[name] = value;
        await local.StartAsync(options => options);
        await new SampleRegister(local.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
        await OpenLinksAsync(local);
        var opened = local.Inbox.Select(Mid).ToList();
        var answered = await AnswerAsync(local);

        await ComesAsync(() => monitor.All, "\"reply\"");
        await ComesAsync(() => monitor.All, "The chase has planned");
        Assert.All(opened, mid =>
            Assert.All(new[] { "ring", "send", "openLink" }, step => Assert.Contains(Items(monitor), item => item.Contains(mid!, StringComparison.Ordinal) && item.Contains($"\"{step}\"", StringComparison.Ordinal))));
        Assert.Contains(Items(monitor), item => item.Contains(answered, StringComparison.Ordinal) && item.Contains("\"reply\"", StringComparison.Ordinal));
        foreach (var canary in Canaries(local).Where(c => c.Length > 1))
            Assert.False(monitor.All.Contains(canary, StringComparison.OrdinalIgnoreCase), $"“{canary}” has left: {Around(monitor.All, canary)}");
    }

    private static string[] Items(AzureMonitorReceiver monitor) => monitor.All.Split('\n');

    private static async Task OpenLinksAsync(LocalService local)
    {
        foreach (var token in Tokens(local).Append("not-a-token-of-ours-0123456789abcdefghijklmnop"))
        {
            foreach (var path in new[] { $"/reply/{token}", $"/reply/{token}/nowhere", $"/reply/{token}?q={token}", $"/{token}" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("Referer", path);
                request.Headers.TryAddWithoutValidation("User-Agent", token);
                using var answer = await local.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Answers as the first person who was written to.</summary>
    /// <returns>The mid of the email that the person came by.</returns>
    private static async Task<string> AnswerAsync(LocalService local)
    {
        var email = local.Inbox[0];
        using var person = new Visitor(local.BaseAddress, _ => email.Payload.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString()!);
        var home = await person.StartAsync($"/reply/{Token().Match(email.Payload.GetRawText()).Groups[1].Value}");
        var list = await person.OpenAsync(home);
        var question = list.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).First(href => Question().IsMatch(href));
        var check = await person.SendAsync(await person.OpenAsync(question), "continue", Typed.Agreed(Said));
        var receipt = await person.SendAsync(check, null, Typed.Declaration);
        Assert.Equal("Answer received", receipt.Heading);
        return Mid(email)!;
    }

    private static async Task ComesAsync(Func<string> received, string expected)
    {
        for (var tries = 0; !received().Contains(expected, StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 600, $"“{expected}” has not come");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static IEnumerable<string> Canaries(LocalService local) =>
    [
        .. Tokens(local),
        "not-a-token-of-ours",
        .. local.Inbox.Select(message => message.Payload.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString()!),
        .. local.Inbox.Select(message => message.Payload.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("name").GetString()!),
        Said, "Ann First", "Head of Service", "@", "Recruit eight case managers", "Dear ",
    ];

    private static IEnumerable<string> Tokens(LocalService local) => local.Inbox.SelectMany(message => Token().Matches(message.Payload.GetRawText()).Select(match => match.Groups[1].Value)).Distinct();

    private static string? Mid(KeptMessage message) => message.Payload.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("mid").GetString();

    private static void Fail(LocalService local, string fault) => Assert.Null(local.Faults.Set(JsonDocument.Parse(fault).RootElement));

    private static string Around(string log, string canary)
    {
        var at = log.IndexOf(canary, StringComparison.OrdinalIgnoreCase);
        return log[Math.Max(0, at - 300)..Math.Min(log.Length, at + 100)];
    }

    [GeneratedRegex("/reply/([A-Za-z0-9_-]{40,})")]
    private static partial Regex Token();

    [GeneratedRegex("^/reply/for/[^/]+/[^/]+/[0-9]+[a-z]?$")]
    private static partial Regex Question();
}
