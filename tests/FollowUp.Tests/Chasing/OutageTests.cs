using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FollowUp.Deadlines;
using FollowUp.Local.Azurite;
using FollowUp.Local.Front;
using FollowUp.Local.Service;
using FollowUp.Tests.Infrastructure;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

/// <summary>What stands still and what is gone: an instance that sleeps in the middle of its work and wakes too late, tables that are deleted under the service.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private readonly ServiceTap _tap = new();
    private readonly Inspectorate _the = new();
    private readonly TaskCompletionSource _asleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _sleepsAt;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)] // Its claim arrives hours late
    [InlineData(false)] // It has claimed, and does not know yet that it has
    public async Task An_instance_that_sleeps_past_its_lease_sends_nothing_when_it_wakes(bool before)
    {
        _tap.Before = request => before ? SleepAtClaimAsync(request) : Task.FromResult(true);
        _tap.After = (request, _) => before ? Task.FromResult(true) : SleepAtClaimAsync(request);
        _the.Service.Settings["Chasing__Lease"] = Lease.ToString("c", CultureInfo.InvariantCulture);
        await _the.StartAsync(options => options with { Tap = _tap, HoldsQueue = true });
        var (organisation, id) = await _the.RecommendationAsync();
        _sleepsAt = organisation;
        var sleeper = _the.Service.Stack.Service;
        await using var other = _the.Service.Stack.Instance();
        await other.StartAsync(Stop);

        await ChaseAsync(sleeper);
        var sending = await SendAsync(sleeper);
        await _asleep.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop);

        await Task.Delay(Lease, Stop);
        await ChaseAsync(other);
        using var pumping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var pump = _the.Service.PumpTo(other).RunAsync(pumping.Token);
        while (!await _the.Service.Stack.Queue.IsEmptyAsync(Stop))
            await Task.Delay(20, Stop);
        // What was claimed may have been sent: half an hour is left for SendGrid to tell
        _the.Service.Stack.Clock.StandAt(LondonTime.At(_the.Today, new(9, 31)));
        await ChaseAsync(other);
        await HasArrivedAsync(organisation);

        Signal("CONT", sleeper);
        _woken.SetResult();
        Assert.All(await Task.WhenAll(sending), outcome => Assert.True(outcome.Succeeded, outcome.Reason));
        await ChaseAsync(sleeper);
        await _the.Service.SettleAsync();

        Assert.Single(_the.To(Inspectorate.Address(organisation, "main")));
        var story = Assert.Single((await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items);
        Assert.Equal(("accepted", "delivered"), ((string?)story["status"], (string?)story["delivery"]));
        Assert.Equal(before ? 0 : 1, story["timeline"]!.AsArray().Count(t => (string?)t!["what"] == "unknown"));

        await pumping.CancelAsync();
        await pump.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task When_every_table_of_hints_is_deleted_the_next_start_and_the_sweep_bring_them_back_and_nothing_is_missed()
    {
        await _the.StartAsync(options => options);
        var (organisation, id) = await _the.RecommendationAsync();
        await _the.Service.FireAsync("ChaseRecommendations");
        var link = $"/reply/{Inspectorate.TokenIn(Assert.Single(_the.To(Inspectorate.Address(organisation, "main"))))}";
        using var browser = _the.Service.Anonymous();
        Assert.Equal(200, await StatusAsync(link));

        var tables = new TableServiceClient(_the.Service.StorageConnectionString);
        foreach (var lost in new[] { "Agenda", "Messages", "Links", "Worklists" })
            await tables.DeleteTableAsync(lost, Stop);
        Assert.False((await _the.Service.Stack.Timers.FireAsync("ChaseRecommendations", Stop))!.Succeeded);
        _the.Service.Stack.Clock.StandAt(_the.Service.Now.AddMinutes(46));
        Assert.Equal(503, await StatusAsync("/health/chase"));

        await _the.Service.KillServiceAsync();
        await _the.Service.FireAsync("SweepRegister");
        Assert.Equal(200, await StatusAsync(link));
        var due = DateOnly.Parse((string)(await _the.Viewer.GetAsync($"api/recommendations/{id}")).Body!["ask"]!["dueOn"]!, CultureInfo.InvariantCulture);
        await _the.Service.SkipToAsync(WorkingCalendar.Published.Add(due, -10), new(9, 0));
        Assert.Equal(["notice", "reminder"], _the.To(Inspectorate.Address(organisation, "main")).Select(Inspectorate.Category));
        Assert.Equal(200, await StatusAsync("/health/chase"));

        async Task<int> StatusAsync(string path)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Stop);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task An_email_that_cannot_be_written_has_not_left_and_goes_once_when_it_can()
    {
        await _the.StartAsync(options => options);
        var (organisation, id) = await _the.RecommendationAsync();
        await new BlobContainerClient(_the.Service.StorageConnectionString, "emails").DeleteAsync(cancellationToken: Stop);
        for (var i = 0; i < 4; i++)
        {
            await _the.Service.FireAsync("ChaseRecommendations");
            _the.Service.Stack.Clock.StandAt(_the.Service.Now.AddMinutes(35));
        }

        Assert.Empty(_the.To(Inspectorate.Address(organisation, "main")));
        Assert.Equal("pending", (string?)(await StoryAsync())["status"]);
        await _the.Service.KillServiceAsync();
        _the.Service.Stack.Clock.StandAt(_the.Service.Now.AddMinutes(35));
        await _the.Service.FireAsync("ChaseRecommendations");

        Assert.Single(_the.To(Inspectorate.Address(organisation, "main")));
        var story = await StoryAsync();
        Assert.Equal("accepted", (string?)story["status"]);
        Assert.DoesNotContain(story["timeline"]!.AsArray(), t => (string?)t!["what"] == "unknown");

        async Task<System.Text.Json.Nodes.JsonNode> StoryAsync() => Assert.Single((await _the.Viewer.GetAsync($"api/recommendations/{id}/messages")).Items);
    }

    [Fact]
    public async Task Days_that_come_to_their_cap_one_after_another_turn_health_red()
    {
        _the.Service.Settings["Chasing__DailyCap"] = "1";
        await _the.StartAsync(options => options);
        for (var i = 0; i < 5; i++)
            await _the.RecommendationAsync();
        await _the.Service.FireAsync("ChaseRecommendations");
        await _the.Service.FireAsync("SweepRegister");
        Assert.Equal((200, true), await HealthAsync());

        // A night does not end it
        await _the.Service.MoveClockAsync(new(2017, 9, 1), new(23, 0));
        Assert.Equal((200, true), await HealthAsync());
        await _the.Service.MoveClockAsync(new(2017, 9, 4), new(9, 0));
        Assert.Equal((503, true), await HealthAsync());

        async Task<(int Status, bool IsHeld)> HealthAsync()
        {
            var answer = await _the.Nobody.GetAsync("health/chase");
            return (answer.Status, answer.Text.Contains("Sending is held since 2017-08-31", StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _woken.TrySetResult();
        await _the.DisposeAsync();
    }

    /// <summary>Stops the process at its first claim for the organisation, and lets neither the request nor its answer through before it is woken.</summary>
    private async Task<bool> SleepAtClaimAsync(TappedRequest request)
    {
        if (_sleepsAt is { } organisation && request.To == "Table" && request.Path.EndsWith("/$batch", StringComparison.Ordinal)
            && request.Body.Contains("lnk|", StringComparison.Ordinal) && request.Body.Contains($"'{organisation}'", StringComparison.Ordinal)
            && Interlocked.CompareExchange(ref _sleepsAt, null, organisation) == organisation)
        {
            Signal("STOP", _the.Service.Stack.Service);
            _asleep.SetResult();
            await _woken.Task;
        }

        return true;
    }

    private static void Signal(string signal, ServiceProcess process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ProcessId!.Value.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Takes what is in the queue and gives it to one instance.</summary>
    private async Task<IReadOnlyList<Task<DoorOutcome>>> SendAsync(ServiceProcess service)
    {
        var door = FunctionFiles.Read().Single(door => door.IsQueue);
        var queue = new QueueClient(_the.Service.StorageConnectionString, door.Queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var sending = new List<Task<DoorOutcome>>();
        foreach (var message in (await queue.ReceiveMessagesAsync(QueuePump.AtOnce, cancellationToken: Stop)).Value)
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Stop);
            sending.Add(_the.Service.DoorsOf(service).FireAsync(door, HostBodies.Queue(door, message, _the.Service.Now), Stop));
        }

        return sending;
    }

    private async Task ChaseAsync(ServiceProcess instance) => Assert.True((await _the.Service.ChaseAtAsync(instance)).Succeeded);

    private async Task HasArrivedAsync(string organisation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (_the.To(Inspectorate.Address(organisation, "main")).Count == 0)
            await Task.Delay(50, patience.Token);
    }
}
