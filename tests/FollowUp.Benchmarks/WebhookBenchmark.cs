using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using FollowUp.Local.Mail;

namespace FollowUp.Benchmarks;

/// <summary>Forged calls of the event webhook, as many as the service refuses, while true ones come through.</summary>
internal static class WebhookBenchmark
{
    private const string Events = """[{"mid":"20170831000000000000000000000000","event":"delivered","sg_event_id":"x","timestamp":1504166400}]""";

    public static async Task RunAsync(Numbers numbers)
    {
        var seconds = numbers.Of("seconds", 10);
        await using var sink = await MailSink.StartAsync();
        await using var bench = await new Bench().StartAsync(sink.Address);
        var address = new Uri(await bench.Stack.Service.AddressAsync(CancellationToken.None), "webhooks/sendgrid");
        using var key = bench.WebhookKey;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var stop = new CancellationTokenSource();
        var refused = 0;
        var good = new ConcurrentBag<double>();
        for (var round = 0; round < 2; round++)
        {
            // The first round warms
            refused = 0;
            good.Clear();
            stop.TryReset();
            using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            var forgers = Enumerable.Range(0, numbers.Of("forgers", 32)).Select(_ => Task.Run(async () =>
            {
                while (!ends.IsCancellationRequested)
                {
                    if (await PostAsync(client, address, null) != HttpStatusCode.Unauthorized)
                        throw new InvalidOperationException("A forged call was not refused.");
                    Interlocked.Increment(ref refused);
                }
            }));
            var true_ = Task.Run(async () =>
            {
                while (!ends.IsCancellationRequested)
                {
                    var watch = Stopwatch.StartNew();
                    if (await PostAsync(client, address, key) != HttpStatusCode.NoContent)
                        throw new InvalidOperationException("A true call was refused.");
                    good.Add(watch.Elapsed.TotalMilliseconds);
                    await Task.Delay(20);
                }
            });
            await Task.WhenAll([.. forgers, true_]);
        }

        Machine.Say($"{refused / seconds:#,0} forged calls refused a second for {seconds} s; {good.Count} true ones meanwhile: {Latencies.Of(good)}");
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, Uri address, WebhookKey? key)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Events, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", key?.Sign(Encoding.UTF8.GetBytes(timestamp + Events)) ?? Forged);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Well formed, by a key that nobody knows: it costs the service a whole verification.</summary>
    private static string Forged { get; } = Forge();

    private static string Forge()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(other.SignData(Encoding.UTF8.GetBytes(Events), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence));
    }
}
