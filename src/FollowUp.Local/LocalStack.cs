using FollowUp.Local.Azurite;
using FollowUp.Local.Clock;
using FollowUp.Local.Front;
using FollowUp.Local.Home;
using FollowUp.Local.Mail;
using FollowUp.Local.Scan;
using FollowUp.Local.Service;
using FollowUp.Local.SignIn;

namespace FollowUp.Local;

/// <summary>Everything around the service on one machine, and the service; started in order and stopped in the opposite one.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly CancellationTokenSource _stopping = new();

    private readonly LocalOptions _options;

    private LocalStack(LocalOptions options)
    {
        _options = options;
        Front = new Uri($"http://127.0.0.1:{options.FrontPort}");
        Console = new Uri($"http://127.0.0.1:{options.ConsolePort}");
    }

    /// <summary>The service's public address.</summary>
    public Uri Front { get; }

    public Uri Console { get; }

    public string StorageConnectionString { get; private set; } = "";

    public SharedClock Clock { get; private set; } = null!;

    public QueuePump Queue { get; private set; } = null!;

    public ClockMover Mover { get; private set; } = null!;

    public Timers Timers { get; private set; } = null!;

    public Inbox Inbox { get; private set; } = null!;

    public Faults Faults { get; } = new();

    public EventWebhooks Webhooks { get; private set; } = null!;

    public ServiceProcess Service { get; private set; } = null!;

    public ServiceSettings Settings { get; private set; } = null!;

    /// <summary>Makes another instance of the service over the same storage; whoever asks starts and ends it.</summary>
    public Func<ServiceProcess> Instance { get; private set; } = null!;

    public bool IsReady { get; private set; }

    /// <summary>Starts all parts; the clock stands still until <see cref="Begin"/>.</summary>
    public static async Task<LocalStack> StartAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        var stack = new LocalStack(options);
        try
        {
            await stack.StartPartsAsync(options, cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says that all is ready, and lets time pass.</summary>
    public void Begin()
    {
        IsReady = true;
        if (!_options.ServiceElsewhere)
            Keep(new Ticking(Clock, Mover, Timers).RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task StartPartsAsync(LocalOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        StorageConnectionString = options.Storage ?? Keep(await AzuriteProcess.StartAsync(Path.Combine(options.Data, "azurite"), cancellationToken)).ConnectionString;

        var clockFile = Path.Combine(options.Data, "clock");
        Clock = options.ServiceElsewhere ? SharedClock.RealTime(clockFile) : SharedClock.Start(clockFile, options.StartsAt);
        Inbox = new Inbox(Path.Combine(options.Data, "inbox"), Clock);
        var key = new WebhookKey(Path.Combine(options.Data, "webhooks.pem"));
        Webhooks = new EventWebhooks(Front, key, Faults, Clock, options.Say);

        var (storage, mail) = options.Tap is { } tap ? await Keep(tap).StartAsync(StorageConnectionString, Console, cancellationToken) : (StorageConnectionString, Console);
        Settings = ServiceSettings.For(Front, Console, storage, mail, key.PublicKey, options.CoreTools ? new Dictionary<string, string>(options.Settings) { [Access.HostCall.CoreTools] = "True" } : options.Settings);
        Instance = () => new ServiceProcess(Settings, options.Package, clockFile, options.Patience, options.Say);
        Service = Instance();
        var triggers = new TriggerDoors(Service.AddressAsync, Service.KillAsync, options.Patience, options.CoreTools, options.Say);
        var doors = FunctionFiles.Read(options.Package);
        Queue = new QueuePump(doors.Single(door => door.IsQueue), StorageConnectionString, triggers, Clock, options.Patience, options.Say);
        Timers = new Timers(doors, triggers, Clock);
        Mover = new ClockMover(Clock, Timers, Queue, Webhooks, options.ClockRuns);

        await KeepAsync(BuildConsole(options, doors), cancellationToken);
        if (options.ServiceElsewhere)
        {
            Keep(Webhooks).Start();
            return;
        }

        Keep(Service);
        await Service.StartAsync(cancellationToken);
        await KeepAsync(FrontHost.Build(options.FrontPort, doors, options.HttpMode, Service), cancellationToken);
        Keep(Webhooks).Start();
        if (!options.HoldsQueue)
            Keep(Queue.RunAsync);
    }

    private WebApplication BuildConsole(LocalOptions options, IReadOnlyList<Door> doors)
    {
        var app = PlainWeb.Create(options.ConsolePort, builder => builder.Services.AddSignIn(Console, Settings.BaseAddress, options.Data));
        app.UseAuthentication();
        app.MapMail(Inbox, Faults, Webhooks);
        app.MapInbox(Inbox);
        app.MapScan(Faults);
        app.MapSignIn();
        if (options.ServiceElsewhere)
        {
            // Its timers and its clock are the host's
            app.MapGet("/", () => Results.Redirect("/inbox"));
            return app;
        }

        app.MapFunctions(doors, Timers);
        app.MapClock(Clock, Mover, () => IsReady);
        app.MapHome(Front, Clock, doors, () => IsReady);
        return app;
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    private async Task KeepAsync(WebApplication app, CancellationToken cancellationToken)
    {
        Keep(new Web(app));
        await app.StartAsync(cancellationToken);
    }

    private void Keep(Func<CancellationToken, Task> loop) => Keep(new Loop(loop, _stopping.Token));

    private sealed class Web(WebApplication app) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await app.StopAsync(limit.Token);
            await app.DisposeAsync();
        }
    }

    private sealed class Loop(Func<CancellationToken, Task> loop, CancellationToken stopping) : IAsyncDisposable
    {
        private readonly Task _running = Task.Run(() => loop(stopping), CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            try
            {
                await _running;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
        }
    }
}
