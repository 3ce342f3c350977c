using System.Net;
using System.Text.RegularExpressions;
using Azure.Storage.Queues;
using FollowUp.Local.Front;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>What the Functions host does to the package, in one of its two ways of handing on requests.</summary>
public abstract partial class PackagedServiceTests(PackagedService service)
{
    private const string HostHeaders = "X-Azure-Functions-HostVersion: 4.1037.0.0\r\nX-Azure-Functions-InvocationId: 954cfd07-d9ee-43b9-bfec-75c0e59159da\r\nUser-Agent: Azure-Functions-Host/4.1037.0.0\r\n";

    // As the host has been seen to send them, letter for letter but for the names
    private const string TimerBody = """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-11-22T21:26:05.3764994+00:00","Next":"2026-11-22T21:27:00+00:00","LastUpdated":"2026-11-22T21:26:05.3764994+00:00"},"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"ChaseRecommendations","UtcNow":"2026-11-22T21:26:59.9993306Z","RandGuid":"d4ae94f1-9058-49e6-a324-6203a1072ee0"}}}""";
    private const string FirstTimerBody = """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00+00:00","Next":"2026-11-22T21:27:00+00:00","LastUpdated":"0001-01-01T00:00:00+00:00"},"IsPastDue":true}},"Metadata":{"sys":{"MethodName":"SweepRegister","UtcNow":"2026-11-22T21:26:59.9993306Z","RandGuid":"d4ae94f1-9058-49e6-a324-6203a1072ee0"},"RetryContext":{"RetryCount":0,"MaxRetryCount":2,"Exception":null,"Instance":null,"State":{}}}}""";
    private const string FrequentTimerBody = """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"SendStaffDigest","UtcNow":"2026-11-22T21:26:59.9993306Z","RandGuid":"d4ae94f1-9058-49e6-a324-6203a1072ee0"}}}""";
    private const string QueueBody = """{"Data":{"message":"\"{\\\"mid\\\":\\\"00000000000000000000000000000000\\\",\\\"organisation\\\":\\\"bgsw-crc\\\",\\\"row\\\":\\\"msg|2017-08-31|0\\\"}\""},"Metadata":{"DequeueCount":"2","ExpirationTime":"2026-11-29T21:26:13+00:00","Id":"\"ac4b4d20-80af-4a2a-9363-6a0e32400847\"","InsertionTime":"2026-11-22T21:26:13+00:00","NextVisibleTime":"2026-11-22T21:36:13+00:00","PopReceipt":"\"MjJOb3YyMDI2MjE6MjY6MTNiNTlk\"","sys":{"MethodName":"SendEmail","UtcNow":"2026-11-22T21:26:13.7875962Z","RandGuid":"23d95b10-82dd-47c5-a52c-ba86c1aa780c"},"mid":"\"00000000000000000000000000000000\"","organisation":"\"bgsw-crc\"","row":"\"msg|2017-08-31|0\""}}""";

    private LocalService Local => service.Local;

    [Theory]
    [InlineData("/ChaseRecommendations", TimerBody)]
    [InlineData("/ChaseRecommendations", TimerBody, true)]
    [InlineData("/SweepRegister", FirstTimerBody)]
    [InlineData("/SweepRegister", FirstTimerBody, true)]
    [InlineData("/SendStaffDigest", FrequentTimerBody)]
    [InlineData("/SendStaffDigest", FrequentTimerBody, true)]
    [InlineData("/SendEmail", QueueBody)]
    [InlineData("/SendEmail", QueueBody, true)]
    public async Task A_trigger_is_answered_with_a_json_object(string door, string body, bool coreTools = false)
    {
        var answer = await RawHttp.CallAsync(coreTools, await PrivateAsync(), door, body, HostHeaders);

        if (coreTools && !Local.Options!.CoreTools)
        {
            // Without Core Tools the host's own bodies come in chunks
            Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
            return;
        }

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", answer, StringComparison.Ordinal);
        Assert.Contains("\r\n{}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ChaseRecommendations", "")]
    [InlineData("/ChaseRecommendations", "{")]
    [InlineData("/SweepRegister", "null")]
    [InlineData("/SendStaffDigest", "[]")]
    [InlineData("/SendEmail", "")]
    [InlineData("/SendEmail", "{")]
    [InlineData("/SendEmail", "[]")]
    [InlineData("/SendEmail", """{"Data":{}}""")]
    [InlineData("/SendEmail", """{"Data":{"message":null}}""")]
    [InlineData("/SendEmail", """{"Data":{"message":"\"plain text, not JSON\""}}""")]
    [InlineData("/SendEmail", """{"Data":{"message":"{\"mid\":1}"}}""")]
    [InlineData("/SendEmail", """{"Data":{"message":{"mid":"x","organisation":"NOT AN ID","row":"y"}}}""")]
    public async Task A_malformed_body_is_refused_and_logged(string door, string body)
    {
        var before = Refusals();
        var answer = await RawHttp.ChunkAsync(await PrivateAsync(), door, body, HostHeaders);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        for (var i = 0; i < 50 && Refusals() == before; i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(before + 1, Refusals());

        int Refusals() => Local.Log.Split("fail: FollowUp.Doors.TriggerDoors").Length;
    }

    [Fact]
    public async Task A_message_that_is_not_ours_comes_five_times_and_is_set_aside()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        await new QueueClient(Local.StorageConnectionString, "email", options).SendMessageAsync("somebody else's", TestContext.Current.CancellationToken);
        await Local.SettleAsync();

        var aside = await new QueueClient(Local.StorageConnectionString, "email-poison", options).PeekMessageAsync(TestContext.Current.CancellationToken);
        Assert.Equal("somebody else's", aside.Value.Body.ToString());
    }

    [Fact]
    public Task No_spelling_of_a_path_reaches_a_trigger_door() =>
        TriggerPaths.StayClosedAsync(Local.BaseAddress, refusesChunks: Local.Options!.HttpMode == HttpMode.Forwarding, HostHeaders, TimerBody);

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.5\r\n")]
    [InlineData("X-Forwarded-Host: followup.example\r\n")]
    [InlineData("x-forwarded-proto: https\r\n")]
    [InlineData("X-ARR-LOG-ID: 1\r\n")]
    [InlineData("DISGUISED-HOST: followup.example\r\n")]
    [InlineData("", "followup.example")]
    [InlineData("", "127.0.0.1")]
    [InlineData("", "127.0.0.1:1")]
    [InlineData("", "localhost:7071")]
    [InlineData("", "127.0.0.1.followup.example:{port}")]
    public async Task A_trigger_door_is_closed_to_what_the_host_hands_on_for_others(string headers, string? host = null)
    {
        var own = await PrivateAsync();
        foreach (var door in TriggerPaths.Doors)
        {
            foreach (var coreTools in new[] { false, true })
                Assert.Equal(404, RawHttp.StatusOf(await RawHttp.CallAsync(coreTools, own, "/" + door, TimerBody, HostHeaders + headers, host?.Replace("{port}", $"{own.Port}", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task A_trigger_door_is_closed_to_calls_without_a_body()
    {
        foreach (var door in TriggerPaths.Doors)
            Assert.Equal(404, await RawHttp.SendAsync(await PrivateAsync(), "POST", "/" + door, HostHeaders));
    }

    [Fact]
    public async Task A_notice_leads_to_the_answering_page()
    {
        var link = Link().Match(Local.Inbox[0].Payload.GetRawText()).Value;
        Assert.StartsWith(Local.BaseAddress.AbsoluteUri, link, StringComparison.Ordinal);

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, link);
            using var answer = await Local.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_query_key_that_comes_twice_is_no_fault_of_the_service()
    {
        using var answer = await (await Local.ApiAsync("viewer")).GetAsync("/api/recommendations?q=a&q=b", TestContext.Current.CancellationToken);

        Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Killed_at_any_moment_it_goes_on_and_no_email_goes_twice()
    {
        for (var i = 0; i < 3; i++)
        {
            var running = Local.Stack.Timers.FireAsync("ChaseRecommendations", TestContext.Current.CancellationToken);
            await Task.Delay(40 * i, TestContext.Current.CancellationToken);
            await Local.KillServiceAsync();
            await running;
        }

        await Local.FireAsync("SweepRegister");
        await Local.FireAsync("ChaseRecommendations");
        Assert.Equal(Mids().Count(), Mids().Distinct().Count());
        Assert.Contains("\"ok\"", await (await Local.Anonymous().GetAsync("/health/chase", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private IEnumerable<string?> Mids() => Local.Inbox.Select(message => message.Payload.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("mid").GetString());

    private Task<Uri> PrivateAsync() => Local.Stack.Service.AddressAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("http://[0-9.:]+/reply/[A-Za-z0-9_-]{40,}")]
    private static partial Regex Link();
}

[Collection(ServiceInProxyingMode.Name)]
public sealed class PackageInProxyingModeTests(ServiceInProxyingMode service) : PackagedServiceTests(service);

[Collection(ServiceInForwardingMode.Name)]
public sealed class PackageInForwardingModeTests(ServiceInForwardingMode service) : PackagedServiceTests(service);
