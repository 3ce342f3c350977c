using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Local.Mail;
using FollowUp.Local.Sample;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>A story is told with every trace, metric and log printed, and all that is printed is searched for what must not leave.</summary>
public sealed partial class TelemetryTests
{
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
        // Metrics leave every ten seconds
        await Task.Delay(TimeSpan.FromSeconds(11), TestContext.Current.CancellationToken);

        var log = local.Log;
        foreach (var mid in local.Inbox.Select(Mid))
            Assert.Contains($"followup.mid: {mid}", log, StringComparison.Ordinal);
        foreach (var step in new[] { "ring", "send", "delivery", "openLink" })
            Assert.Contains($"Activity.DisplayName:        {step}", log, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", log, StringComparison.Ordinal);
        Assert.Contains("LogRecord.CategoryName", log, StringComparison.Ordinal);

        foreach (var canary in Canaries(local))
            Assert.False(log.Contains(canary, StringComparison.OrdinalIgnoreCase), $"“{canary}” has left: {Around(log, canary)}");
    }

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

    private static IEnumerable<string> Canaries(LocalService local) =>
    [
        .. Tokens(local),
        "not-a-token-of-ours",
        .. local.Inbox.Select(message => message.Payload.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString()!),
        .. local.Inbox.Select(message => message.Payload.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("name").GetString()!),
        "@", "Recruit eight case managers", "Dear ",
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
}
