using System.Collections.Concurrent;
using System.IO.Compression;
using FollowUp.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FollowUp.Tests.Infrastructure;

/// <summary>The ingestion side of Application Insights: takes what is exported, a line of JSON for each item.</summary>
internal sealed class AzureMonitorReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _received = [];
    private readonly WebApplication _app;

    private AzureMonitorReceiver(WebApplication app, int port)
    {
        _app = app;
        Settings = new Dictionary<string, string>
        {
            ["Telemetry__Exporter"] = "azureMonitor",
            ["Telemetry__ConnectionString"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:{port}/",
            ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
            ["APPLICATIONINSIGHTS_SDKSTATS_DISABLED"] = "true",
        };
    }

    /// <summary>What tells a service to export here.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>All items that have come.</summary>
    public string All => string.Join('\n', _received);

    public static async Task<AzureMonitorReceiver> StartAsync()
    {
        var port = FreePort.Next();
        var app = PlainWeb.Create(port, _ => { });
        var receiver = new AzureMonitorReceiver(app, port);
        app.MapPost("/v2.1/track", (Delegate)receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var reader = new StreamReader(body);
        var items = 0;
        while (await reader.ReadLineAsync(context.RequestAborted) is { } item)
        {
            _received.Enqueue(item);
            items++;
        }

        return Results.Json(new { itemsReceived = items, itemsAccepted = items, errors = Array.Empty<object>() });
    }
}
