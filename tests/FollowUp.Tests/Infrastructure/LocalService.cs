using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using FollowUp.Deadlines;
using FollowUp.Local;
using FollowUp.Local.Front;
using FollowUp.Local.Mail;
using FollowUp.Local.Service;
using FollowUp.Time;

namespace FollowUp.Tests.Infrastructure;

/// <summary>
/// The real service behind the host's front, with storage in memory, the console and a clock that stands still
/// unless it is moved. The register is empty. Used as a fixture, or started by a test with options of its own.
/// </summary>
public sealed class LocalService : IAsyncLifetime
{
    private static readonly TimeOnly Morning = new(9, 0);
    private static readonly TimeOnly Evening = new(18, 0);
    private readonly List<HttpClient> _clients = [];
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("followup-");
    private readonly List<string> _lines = [];
    private LocalStack? _stack;

    /// <summary>Settings of the service beyond the usual ones, by the names of its environment.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    internal LocalOptions? Options { get; private set; }

    public Uri BaseAddress => Stack.Front;

    public Uri Console => Stack.Console;

    public string StorageConnectionString => Stack.StorageConnectionString;

    public DateTimeOffset Now => Stack.Clock.UtcNow.InLondon();

    /// <summary>What the parts and the service said so far.</summary>
    public string Log
    {
        get
        {
            lock (_lines)
            {
                return string.Join(Environment.NewLine, _lines);
            }
        }
    }

    internal LocalStack Stack => _stack ?? throw new InvalidOperationException("The stack has not started");

    internal IReadOnlyList<KeptMessage> Inbox => Stack.Inbox.All;

    internal Faults Faults => Stack.Faults;

    public async ValueTask InitializeAsync() => await StartAsync(options => options);

    internal async Task<LocalService> StartAsync(Func<LocalOptions, LocalOptions> change)
    {
        Options = change(new LocalOptions
        {
            Data = _data.FullName,
            FrontPort = FreePort.Next(),
            ConsolePort = FreePort.Next(),
            Storage = SharedStorage.Next(),
            ClockRuns = false,
            Settings = Settings,
            Say = Listen,
        });
        try
        {
            _stack = await LocalStack.StartAsync(Options, TestContext.Current.CancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{fault.Message}{Environment.NewLine}{Log}", fault);
        }

        _stack.Begin();
        return this;
    }

    /// <summary>A client of the service's public side that signed in nowhere and follows no redirects.</summary>
    public HttpClient Anonymous() => Client(BaseAddress);

    /// <summary>A client of the API with the token of a demo person.</summary>
    /// <param name="role"><c>viewer</c>, <c>registrar</c>, <c>reviewer</c> or <c>administrator</c>.</param>
    public async Task<HttpClient> ApiAsync(string role)
    {
        var client = Client(BaseAddress);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(role));
        return client;
    }

    public HttpClient ConsoleClient() => Client(Console);

    public async Task<string> TokenAsync(string role)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", role), new("client_secret", "local")]);
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri(Console, "connect/token"), form, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return (string)body!["access_token"]!;
    }

    /// <summary>Plays the days until a London day and time, and waits for all that happens.</summary>
    public async Task MoveClockAsync(DateOnly day, TimeOnly time)
    {
        var failed = await Stack.Mover.MoveAsync(_ => LondonTime.At(day, time), TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException($"It is {Now} already");
        if (failed.Count > 0)
            throw new InvalidOperationException($"{string.Join(Environment.NewLine, failed)}{Environment.NewLine}{Log}");
    }

    /// <summary>
    /// Goes to a London day and time by way of the days for which something is on the agenda, and the working day after
    /// each, which takes what the first could not. Days between them, of which no recommendation knows, are slept over.
    /// What is overdue already and waits for its turn is on no later day: then the days are to be played.
    /// </summary>
    public async Task SkipToAsync(DateOnly day, TimeOnly time)
    {
        // What waits now brings its next step onto the agenda
        await FireAsync("ChaseRecommendations");
        while (await NextOnAgendaAsync(day) is { } next)
        {
            await WakeOnAsync(next, Morning);
            if (WorkingCalendar.Published.Add(next, 1) is var following && following < day)
                await WakeOnAsync(following, Morning);
        }

        await WakeOnAsync(day, time);
    }

    /// <summary>Fires a timer now and waits until its emails are sent and their webhooks answered.</summary>
    public async Task FireAsync(string timer)
    {
        var outcome = await Stack.Timers.FireAsync(timer, TestContext.Current.CancellationToken);
        if (outcome is not { Succeeded: true })
            throw new InvalidOperationException($"{timer}: {outcome?.Reason ?? "no such timer"}{Environment.NewLine}{Log}");
        await SettleAsync();
    }

    public Task SettleAsync() => Stack.Mover.SettleAsync(TestContext.Current.CancellationToken);

    /// <summary>The trigger doors of one of several instances.</summary>
    internal TriggerDoors DoorsOf(ServiceProcess instance) => new(instance.AddressAsync, instance.KillAsync, Options!.Patience, Options.CoreTools, _ => { });

    /// <summary>A queue listener that gives its messages to one of several instances.</summary>
    internal QueuePump PumpTo(ServiceProcess instance) =>
        new(FunctionFiles.Read().Single(door => door.IsQueue), StorageConnectionString, DoorsOf(instance), Stack.Clock, Options!.Patience, _ => { });

    /// <summary>Starts the chase at one of several instances.</summary>
    internal Task<DoorOutcome> ChaseAtAsync(ServiceProcess instance)
    {
        var door = FunctionFiles.Read().Single(door => door.Name == "ChaseRecommendations");
        return DoorsOf(instance).FireAsync(door, HostBodies.Timer(door, null, Now, Now), TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the service's process as the host does, and waits until the next one answers.</summary>
    public async Task KillServiceAsync()
    {
        await Stack.Service.KillAsync();
        await Stack.Service.AddressAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (_stack is not null)
            await _stack.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task WakeOnAsync(DateOnly day, TimeOnly time)
    {
        var evening = LondonTime.At(day.AddDays(-1), Evening);
        if (Stack.Clock.UtcNow < evening)
            Stack.Clock.StandAt(evening);
        await MoveClockAsync(day, time);
    }

    private async Task<DateOnly?> NextOnAgendaAsync(DateOnly before)
    {
        var (after, to) = (Now.LondonDate().Iso(), before.Iso());
        await foreach (var hint in new TableClient(StorageConnectionString, "Agenda").QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {to}")))
            return DateOnly.ParseExact(hint.PartitionKey, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return null;
    }

    private HttpClient Client(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = address };
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    private void Listen(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
