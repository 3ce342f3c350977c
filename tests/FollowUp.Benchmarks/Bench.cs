using FollowUp.Local;
using FollowUp.Local.Azurite;
using FollowUp.Local.Mail;

namespace FollowUp.Benchmarks;

/// <summary>The published package with storage, queue and SendGrid of its own, as the host runs it.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("followup-");
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _said = [];
    private AzuriteProcess? _azurite;
    private LocalStack? _stack;

    public LocalStack Stack => _stack ?? throw new InvalidOperationException("It has not started");

    /// <summary>Signs event webhooks as SendGrid does.</summary>
    public WebhookKey WebhookKey => new(Path.Combine(_data.FullName, "webhooks.pem"));

    public int ServiceId => Stack.Service.ProcessId ?? throw new InvalidOperationException("The service does not run");

    /// <param name="mail">Where emails go.</param>
    /// <param name="tap">Watches what the service asks of storage.</param>
    /// <param name="holdsQueue">Nothing is sent until the queue is run.</param>
    public async Task<Bench> StartAsync(Uri mail, ServiceTap? tap = null, bool holdsQueue = false)
    {
        var settings = new Dictionary<string, string>
        {
            ["Chasing__Hours"] = "00:00-24:00",
            ["Chasing__WorkingDaysOnly"] = "false",
            ["Chasing__DailyCap"] = "1000000",
            ["Chasing__HoldLeast"] = "1000000",
            ["Logging__LogLevel__Default"] = "Error",
            ["Replies__Entry"] = "off",
        };
        if (tap is null)
            settings["SendGrid__Host"] = mail.GetLeftPart(UriPartial.Authority);
        _azurite = await AzuriteProcess.StartAsync(null, CancellationToken.None);
        _stack = await LocalStack.StartAsync(
            new LocalOptions
            {
                Data = _data.FullName,
                FrontPort = FreePort.Next(),
                ConsolePort = FreePort.Next(),
                Storage = _azurite.ConnectionString,
                ClockRuns = false,
                StartsAt = TimeProvider.System.GetUtcNow(),
                Package = Machine.Package,
                Settings = settings,
                Tap = tap,
                HoldsQueue = holdsQueue,
                Say = _said.Enqueue,
            },
            CancellationToken.None);
        _stack.Begin();
        return this;
    }

    /// <summary>Starts the chase and waits until it has planned.</summary>
    public async Task ChaseAsync()
    {
        var outcome = await Stack.Timers.FireAsync("ChaseRecommendations", CancellationToken.None);
        if (outcome is not { Succeeded: true })
            throw new InvalidOperationException($"The chase failed: {outcome?.Reason}{Environment.NewLine}{string.Join(Environment.NewLine, _said.TakeLast(20))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_stack is not null)
            await _stack.DisposeAsync();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
