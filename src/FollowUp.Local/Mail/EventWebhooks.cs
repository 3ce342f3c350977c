using System.Globalization;
using System.Text;
using System.Threading.Channels;
using FollowUp.Local.Clock;

namespace FollowUp.Local.Mail;

/// <summary>Reports what became of each email to the service, signed, and again when it does not answer.</summary>
internal sealed class EventWebhooks(Uri front, WebhookKey key, Faults faults, SharedClock clock, Action<string> say) : IAsyncDisposable
{
    private const int Tries = 5;

    private readonly Channel<KeptMessage> _waiting = Channel.CreateUnbounded<KeptMessage>();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly CancellationTokenSource _stopping = new();
    private int _pending;
    private Task _running = Task.CompletedTask;

    /// <summary>Every webhook has been answered.</summary>
    public bool AreAnswered => Volatile.Read(ref _pending) == 0;

    public void Start() => _running = RunAsync();

    public void Report(KeptMessage message)
    {
        Interlocked.Increment(ref _pending);
        _waiting.Writer.TryWrite(message);
    }

    /// <summary>Sends a body as SendGrid would, with a signature that holds.</summary>
    public async Task<HttpResponseMessage> PostAsync(string json, CancellationToken cancellationToken)
    {
        // Signatures keep real time: the service refuses stale ones
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(front, "webhooks/sendgrid"))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", key.Sign(Encoding.UTF8.GetBytes(timestamp + json)));
        request.Headers.UserAgent.ParseAdd("SendGrid");
        return await _client.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _client.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await Parallel.ForEachAsync(_waiting.Reader.ReadAllAsync(_stopping.Token), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = _stopping.Token }, async (message, cancellationToken) =>
            {
                await DeliverAsync(message, cancellationToken);
                Interlocked.Decrement(ref _pending);
            });
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private async Task DeliverAsync(KeptMessage message, CancellationToken cancellationToken)
    {
        if (faults.WebhookDelay is not { } delay)
            return;

        await Task.Delay(delay, cancellationToken);
        var json = MailEvents.Of(message, faults.FateOf, clock.UtcNow).ToJsonString();
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            if (await IsTakenAsync(json, cancellationToken))
                return;
            await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
        }

        say($"The event webhook of the message {message.Id} was refused {Tries} times.");
    }

    private async Task<bool> IsTakenAsync(string json, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await PostAsync(json, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
