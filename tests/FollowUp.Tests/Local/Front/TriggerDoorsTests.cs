using System.Text.Json.Nodes;
using System.Threading.Channels;
using Azure.Storage.Queues;
using FollowUp.Local;
using FollowUp.Local.Clock;
using FollowUp.Local.Front;
using FollowUp.Local.Service;
using FollowUp.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FollowUp.Tests.Local.Front;

/// <summary>The host's habits with timers and queues, against a service that only listens.</summary>
public sealed class TriggerDoorsTests : IAsyncLifetime
{
    private static readonly Door SendEmail = new("SendEmail", "queueTrigger", "message") { Queue = "email" };
    private static readonly Door Chase = new("ChaseRecommendations", "timerTrigger", "timer") { Schedule = "0 */10 * * * *" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("followup-");
    private readonly Channel<(string Headers, JsonNode Body)> _calls = Channel.CreateUnbounded<(string, JsonNode)>();
    private readonly CancellationTokenSource _stopping = new();
    private Func<HttpContext, Task> _answer = context => context.Response.WriteAsJsonAsync(new { });
    private WebApplication _service = null!;
    private SharedClock _clock = null!;
    private TriggerDoors _doors = null!;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Next();
        _service = PlainWeb.Create(port, _ => { });
        _service.MapPost("/{door}", TakeAsync);
        await _service.StartAsync(TestContext.Current.CancellationToken);
        _clock = SharedClock.Start(Path.Combine(_folder.FullName, "clock"), LocalOptions.Beginning);
        _doors = new TriggerDoors(_ => Task.FromResult(new Uri($"http://127.0.0.1:{port}")), () => Task.CompletedTask, HostPatience.Default, coreTools: false, _ => { });
    }

    [Fact]
    public async Task A_timer_arrives_as_the_host_sends_it()
    {
        var timers = new Timers([Chase], _doors, _clock);
        Assert.True((await timers.FireAsync("ChaseRecommendations", TestContext.Current.CancellationToken))!.Succeeded);

        var (headers, body) = await NextAsync();
        Assert.Contains("Transfer-Encoding: chunked", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", headers, StringComparison.Ordinal);
        Assert.Contains("X-Azure-Functions-InvocationId", headers, StringComparison.Ordinal);
        Assert.Equal("""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00+00:00","Next":"2017-08-31T08:10:00+00:00","LastUpdated":"0001-01-01T00:00:00+00:00"},"IsPastDue":false}""",
            body["Data"]!["timer"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("ChaseRecommendations", (string?)body["Metadata"]!["sys"]!["MethodName"]);
    }

    [Theory]
    [InlineData(200, "", "application/json")]
    [InlineData(204, "", null)]
    [InlineData(200, "null", "application/json")]
    [InlineData(200, "[]", "application/json")]
    [InlineData(200, "{}", "text/plain")]
    [InlineData(500, "{}", "application/json")]
    public async Task Anything_but_a_json_object_is_a_failure(int status, string body, string? type)
    {
        _answer = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            if (body.Length > 0)
                await context.Response.WriteAsync(body);
        };

        var outcome = await _doors.FireAsync(Chase, "{}", TestContext.Current.CancellationToken);

        Assert.False(outcome.Succeeded);
        Assert.NotNull(outcome.Reason);
    }

    [Fact]
    public async Task A_message_comes_again_after_a_failure_and_is_set_aside_after_the_fifth()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var storage = SharedStorage.Next();
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var queue = new QueueClient(storage, "email", options);
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await queue.SendMessageAsync("""{"mid":"m-1"}""", TestContext.Current.CancellationToken);

        var pump = new QueuePump(SendEmail, storage, _doors, _clock, HostPatience.Default with { QueueVisibility = TimeSpan.FromSeconds(1) }, _ => { });
        var running = pump.RunAsync(_stopping.Token);
        for (var count = 1; count <= 5; count++)
        {
            var (_, body) = await NextAsync();
            Assert.Equal("\"{\\\"mid\\\":\\\"m-1\\\"}\"", (string?)body["Data"]!["message"]);
            Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)body["Metadata"]!["DequeueCount"]);
        }

        while (!await pump.IsEmptyAsync(TestContext.Current.CancellationToken))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        var aside = await new QueueClient(storage, "email-poison", options).PeekMessageAsync(TestContext.Current.CancellationToken);
        Assert.Equal("""{"mid":"m-1"}""", aside.Value.Body.ToString());

        await _stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _clock.Dispose();
        _stopping.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task TakeAsync(HttpContext context)
    {
        var headers = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        using var reader = new StreamReader(context.Request.Body);
        _calls.Writer.TryWrite((headers, JsonNode.Parse(await reader.ReadToEndAsync())!));
        await _answer(context);
    }

    private ValueTask<(string Headers, JsonNode Body)> NextAsync() => _calls.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
