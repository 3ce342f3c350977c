using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FollowUp.Email;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace FollowUp.Tests.Email;

public sealed class SendGridSenderTests
{
    private static readonly OutgoingEmail Reminder = new("0123", "reminder", new Person("Dana Main", EmailAddress.Parse("dana.main@bgsw.example", null)), "Subject", "<p>Html</p>", "Text");

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, SendResult.NeverLeft)]
    [InlineData(HttpRequestError.ConnectionError, SendResult.NeverLeft)]
    [InlineData(HttpRequestError.SecureConnectionError, SendResult.NeverLeft)]
    [InlineData(HttpRequestError.ProxyTunnelError, SendResult.NeverLeft)]
    [InlineData(HttpRequestError.ResponseEnded, SendResult.Unknown)]
    [InlineData(HttpRequestError.InvalidResponse, SendResult.Unknown)]
    [InlineData(HttpRequestError.HttpProtocolError, SendResult.Unknown)]
    [InlineData(HttpRequestError.Unknown, SendResult.Unknown)]
    public void A_failure_is_unknown_unless_the_request_cannot_have_left(HttpRequestError error, SendResult result) =>
        Assert.Equal(result, SendGridSender.Classify(new HttpRequestException(error)).Result);

    [Theory]
    [InlineData(202, SendResult.Accepted)]
    [InlineData(200, SendResult.AccountRefused)]
    [InlineData(204, SendResult.AccountRefused)]
    [InlineData(400, SendResult.RefusedForGood)]
    [InlineData(413, SendResult.RefusedForGood)]
    [InlineData(401, SendResult.AccountRefused)]
    [InlineData(403, SendResult.AccountRefused)]
    [InlineData(404, SendResult.AccountRefused)]
    [InlineData(405, SendResult.AccountRefused)]
    [InlineData(301, SendResult.AccountRefused)]
    [InlineData(429, SendResult.RefusedForNow)]
    [InlineData(408, SendResult.Unknown)]
    [InlineData(500, SendResult.RefusedForNow)]
    [InlineData(503, SendResult.RefusedForNow)]
    public async Task An_answer_says_whether_it_was_taken(int status, SendResult result) =>
        Assert.Equal(result, (await SendAsync(() => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("why") })).Outcome.Result);

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_letter_goes_to_nobody_whom_the_answer_points_to(int status)
    {
        var asked = new List<string>();
        await using var elsewhere = await ListenAsync(async context =>
        {
            lock (asked)
                asked.Add(context.Request.Path);
            context.Response.StatusCode = context.Request.Path == "/v3/mail/send" ? status : 200;
            context.Response.Headers.Location = "/login";
            await context.Response.WriteAsync("Please sign in");
        });
        var outcome = await SendAsync(elsewhere.Urls.First());

        Assert.Equal(SendResult.AccountRefused, outcome.Result);
        Assert.Equal(["/v3/mail/send"], asked);
    }

    [Fact]
    public async Task An_answer_that_begins_and_does_not_end_leaves_it_unknown()
    {
        await using var silent = await ListenAsync(async context =>
        {
            context.Response.StatusCode = 202;
            context.Response.ContentLength = 10;
            await context.Response.WriteAsync("one");
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });

        Assert.Equal(SendResult.Unknown, (await SendAsync(silent.Urls.First())).Result);
    }

    [Fact]
    public async Task A_429_says_when_to_come_again()
    {
        var outcome = (await SendAsync(() => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent(""), Headers = { RetryAfter = new(TimeSpan.FromSeconds(90)) } })).Outcome;

        Assert.Equal(TimeSpan.FromSeconds(90), outcome.RetryAfter);
    }

    [Theory]
    [InlineData("Retry-After", 31_536_000)]
    [InlineData("Retry-After", 3_601)]
    [InlineData("X-RateLimit-Reset", 31_536_000)]
    public async Task A_429_is_believed_for_an_hour_at_most(string header, long seconds)
    {
        var value = header == "Retry-After" ? seconds : TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

        Assert.Equal(TimeSpan.FromHours(1), await WaitAsync(header, $"{value}"));
        Assert.Equal(TimeSpan.FromHours(1), await WaitAsync("X-RateLimit-Reset", $"{long.MaxValue}"));
    }

    [Fact]
    public async Task A_429_may_name_a_moment()
    {
        var moment = TimeProvider.System.GetUtcNow().AddMinutes(5);

        Assert.InRange((await WaitAsync("Retry-After", $"{moment:R}"))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.InRange((await WaitAsync("X-RateLimit-Reset", $"{moment.ToUnixTimeSeconds()}"))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Null(await WaitAsync("X-RateLimit-Reset", "1"));
        Assert.Null(await WaitAsync("X-RateLimit-Reset", "soon"));
    }

    [Fact]
    public async Task An_open_circuit_sends_nothing_and_a_time_out_leaves_it_unknown()
    {
        Assert.Equal(SendResult.NeverLeft, (await SendAsync(() => throw new BrokenCircuitException())).Outcome.Result);
        Assert.Equal(SendResult.Unknown, (await SendAsync(() => throw new TimeoutRejectedException())).Outcome.Result);
        Assert.Equal(SendResult.NeverLeft, (await SendAsync(() => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException()))).Outcome.Result);
    }

    [Fact]
    public async Task Click_tracking_is_off_in_every_message_and_only_our_id_travels_along()
    {
        var (outcome, body) = await SendAsync(() => new HttpResponseMessage(HttpStatusCode.Accepted) { Headers = { { "X-Message-Id", "abc" } } });

        Assert.Equal("abc", outcome.ProviderId);
        Assert.Equal("""{"click_tracking":{"enable":false,"enable_text":false},"open_tracking":{"enable":false},"subscription_tracking":{"enable":false}}""", body["tracking_settings"]!.ToJsonString());
        Assert.Equal("""{"mid":"0123"}""", body["custom_args"]?.ToJsonString() ?? body["personalizations"]![0]!["custom_args"]!.ToJsonString());
        Assert.Equal("""["reminder"]""", body["categories"]!.ToJsonString());
        var person = Assert.Single(body["personalizations"]!.AsArray())!;
        Assert.Single(person["to"]!.AsArray());
        Assert.Null(person["cc"]);
        Assert.Null(person["bcc"]);
        Assert.Equal("mailbox@inspectorate.example", (string?)body["reply_to"]!["email"]);
    }

    private static async Task<WebApplication> ListenAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static async Task<TimeSpan?> WaitAsync(string header, string value) => (await SendAsync(() =>
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("") };
        answer.Headers.TryAddWithoutValidation(header, value);
        return answer;
    })).Outcome.RetryAfter;

    /// <summary>Sends by the pipeline that the service has, to whoever listens there.</summary>
    private static async Task<SendOutcome> SendAsync(string host)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SendGrid:ApiKey"] = "SG.key",
            ["SendGrid:Host"] = host,
            ["SendGrid:WebhookPublicKey"] = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
            ["Email:From"] = "followup@inspectorate.example",
            ["Email:FromName"] = "HM Inspectorate",
            ["Email:AllowedDomains:0"] = "example",
            ["Inspectorate:Name"] = "HM Inspectorate",
            ["Inspectorate:Mailbox"] = "mailbox@inspectorate.example",
        }).Build();
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Development" }).AddEmail(configuration).BuildServiceProvider();
        return await services.GetRequiredService<SendGridSender>().SendAsync(Reminder, TestContext.Current.CancellationToken);
    }

    private static async Task<(SendOutcome Outcome, JsonNode Body)> SendAsync(Func<HttpResponseMessage> answer)
    {
        var handler = new Answering(answer);
        using var http = new HttpClient(handler);
        var sender = new SendGridSender(
            http,
            Options.Create(new SendGridSettings { ApiKey = "SG.key", Host = new("http://sendgrid.example") }),
            Options.Create(new EmailSettings { From = "followup@inspectorate.example", FromName = "HM Inspectorate" }),
            Options.Create(new InspectorateSettings { Name = "HM Inspectorate", Mailbox = "mailbox@inspectorate.example" }));
        var outcome = await sender.SendAsync(Reminder, TestContext.Current.CancellationToken);
        return (outcome, handler.Body ?? new JsonObject());
    }

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        public JsonNode? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            return answer();
        }
    }
}
