using System.Collections.Concurrent;
using System.Text;
using FollowUp.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FollowUp.Tests.Infrastructure;

/// <summary>An OpenTelemetry collector's HTTP side: takes all that is exported and keeps its bytes as text.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _received = new();
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app, int port)
    {
        _app = app;
        Settings = new Dictionary<string, string>
        {
            ["Telemetry__Exporter"] = "otlp",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
    }

    /// <summary>What tells a service to export here, and soon.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var port = FreePort.Next();
        var app = PlainWeb.Create(port, _ => { });
        var receiver = new OtlpReceiver(app, port);
        app.MapPost("/v1/{signal}", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>All that came of a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>. The texts within stand as they are.</summary>
    public string Of(string signal) => string.Concat(_received.GetValueOrDefault(signal) ?? []);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.GetOrAdd(signal, _ => []).Enqueue(Encoding.UTF8.GetString(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
