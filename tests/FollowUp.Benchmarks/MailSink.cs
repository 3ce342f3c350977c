using FollowUp.Local;

namespace FollowUp.Benchmarks;

/// <summary>SendGrid's <c>POST /v3/mail/send</c>, which takes everything and counts.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _came = new(0);
    private long _bytes;

    private MailSink(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Of all letters together.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<MailSink> StartAsync()
    {
        var port = FreePort.Next();
        var app = PlainWeb.Create(port, _ => { });
        var sink = new MailSink(app, new Uri($"http://127.0.0.1:{port}"));
        app.MapPost("/v3/mail/send", sink.TakeAsync);
        await app.StartAsync();
        return sink;
    }

    /// <summary>Waits for so many emails.</summary>
    public async Task TakenAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!await _came.WaitAsync(TimeSpan.FromMinutes(5)))
                throw new TimeoutException($"{i} of {count} emails came, and then none for five minutes.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var letter = new MemoryStream();
        await context.Request.Body.CopyToAsync(letter);
        Interlocked.Add(ref _bytes, letter.Length);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = Guid.NewGuid().ToString("n");
        _came.Release();
    }
}
