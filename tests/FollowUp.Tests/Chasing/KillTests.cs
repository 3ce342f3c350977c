using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FollowUp.Local.Azurite;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Infrastructure;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>
/// The service is killed without a word in the middle of a chase: at ten named points of a message's way, in turn, and at
/// random moments. <c>KILLS</c> is how often in each of the two runs, <c>KILLS_MESSAGES</c> over how many messages.
/// </summary>
public abstract class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int UsualKills = 25;
    private const int UsualMessages = 300;
    private const int InOneInspection = 90;

    // So many of the points lie before the first email
    private const int Planning = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(12);
    private readonly Random _random = new(20170831);
    private readonly Inspectorate _the = new();
    private readonly ServiceTap _tap = new();
    private readonly List<string> _chased = [];
    private readonly Dictionary<string, int> _killedAt = [];
    private readonly int _kills = Setting("KILLS", UsualKills);
    private KillPoint? _armed;
    private int _passes;
    private TaskCompletionSource _killed = new();

    /// <summary>A point between two steps of a message's way.</summary>
    private sealed record KillPoint(string Name, bool Before, Func<TappedRequest, bool> Is);

    private static KillPoint[] Points { get; } =
    [
        new("before the hints of a plan", true, IsHints),
        new("after the hints of a plan", false, IsHints),
        new("after a plan is written", false, r => IsTransaction(r) && r.Body.Contains("evt|", StringComparison.Ordinal)),
        new("after the bell has rung", false, r => r is { To: "Queue", Method: "POST" }),
        new("after the hint to a link", false, r => r.To == "Table" && r.Path.Contains("/Links(", StringComparison.Ordinal)),
        new("before a claim", true, IsClaim),
        new("after a claim", false, IsClaim),
        new("after the copy is kept", false, r => r is { To: "Blob", Method: "PUT" }),
        new("after SendGrid has accepted", false, r => r.To == "Mail"),
        new("after the outcome is recorded", false, r => IsTransaction(r) && r.Body.Contains("msg|", StringComparison.Ordinal) && !IsClaim(r) && !r.Body.Contains("evt|", StringComparison.Ordinal) && !IsHints(r)),
    ];

    public async ValueTask InitializeAsync()
    {
        _tap.Before = request => MeetAsync(request, before: true);
        _tap.After = (request, _) => MeetAsync(request, before: false);
        _the.Service.Settings["Chasing__Lease"] = Lease.ToString("c", CultureInfo.InvariantCulture);
        _the.Service.Settings["Chasing__DailyCap"] = "100000";
        _the.Service.Settings["Chasing__HoldLeast"] = "100000";
        await _the.StartAsync(options => options with
        {
            Tap = _tap,
            Patience = options.Patience with { QueueVisibility = TimeSpan.FromSeconds(1), RestartDelay = TimeSpan.FromMilliseconds(20) },
        });
        for (var i = 0; i < Setting("KILLS_MESSAGES", UsualMessages); i++)
            _chased.Add(Inspectorate.Fresh("kill"));
        await Parallel.ForEachAsync(_chased, TestContext.Current.CancellationToken, async (id, _) => await _the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id)]));
        foreach (var some in _chased.Chunk(InOneInspection))
            await _the.IssuedAsync(some);
    }

    private protected async Task KillAsync(string webhooks)
    {
        _the.Service.Faults.Set(JsonSerializer.SerializeToElement(new { webhooks }));
        for (var kill = 0; kill < _kills; kill++)
            await KillOnceAsync(PointOf(kill));
        await GoOnAsync();

        var messages = await MessagesAsync();
        var arrived = _chased.ToDictionary(o => o, o => _the.To(Inspectorate.Address(o, "main")).Count);
        var twice = arrived.Where(a => a.Value > 1).Select(a => a.Key).ToList();
        output.WriteLine($"{_kills} kills over {_chased.Count} messages, webhooks {webhooks}: {arrived.Count(a => a.Value == 0)} missed, {twice.Count} twice.");
        foreach (var (point, count) in _killedAt)
            output.WriteLine($"{count,5} × {point}");

        Assert.All(_chased, o => Assert.Equal(MessageStatus.Accepted, Assert.Single(messages, m => m.OrganisationId.ToString() == o).Status));
        Assert.DoesNotContain(0, arrived.Values);
        Assert.DoesNotContain(arrived.Values, count => count > 2);
        // SendGrid tries for a day; the webhook of a service that is killed all the time may be given up here
        var lost = Regex.Count(_the.Service.Log, "The event webhook of the message [^ ]+ was refused");
        output.WriteLine($"{lost} webhooks never came.");
        foreach (var message in messages.Where(m => twice.Contains(m.OrganisationId.ToString())))
            output.WriteLine(string.Join("; ", message.Timeline.Select(t => $"{t.At:HH:mm:ss} {t.What}")));
        // Most kills catch nothing between SendGrid's acceptance and the record; one may catch several of those that run at once
        Assert.InRange(twice.Count, 0, webhooks == "on" ? lost : _kills);
        Assert.All(twice, o => Assert.Contains(messages.Single(m => m.OrganisationId.ToString() == o).Timeline, t => t.What == "unknown"));
        Assert.True(_kills < Points.Length || Points.All(p => _killedAt.ContainsKey(p.Name)), "Not every point was reached.");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _tap.Before = _ => Task.FromResult(true);
        _tap.After = (_, _) => Task.FromResult(true);
        await _the.DisposeAsync();
    }

    private static bool IsTransaction(TappedRequest request) => request.To == "Table" && request.Path.EndsWith("/$batch", StringComparison.Ordinal);

    private static bool IsHints(TappedRequest request) => IsTransaction(request) && request.Body.Contains("u|2017", StringComparison.Ordinal) && request.Body.Contains("p|2017", StringComparison.Ordinal);

    private static bool IsClaim(TappedRequest request) => IsTransaction(request) && request.Body.Contains("lnk|", StringComparison.Ordinal);

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;

    /// <summary>All points in turn, then as many random moments, and so on; once all is planned, what is left is sending.</summary>
    private static KillPoint? PointOf(int kill)
    {
        var (round, at) = (kill / Points.Length, kill % Points.Length);
        return round % 2 == 1 ? null : Points[round == 0 ? at : Planning + at % (Points.Length - Planning)];
    }

    /// <summary>Starts a chase, lets some messages pass the point, and kills it there; without a point, or where nobody comes to it, after a while.</summary>
    private async Task KillOnceAsync(KillPoint? point)
    {
        _killed = new TaskCompletionSource();
        Volatile.Write(ref _passes, _random.Next(6));
        _armed = point;
        var chase = _the.Service.Stack.Timers.FireAsync("ChaseRecommendations", TestContext.Current.CancellationToken);
        if (point is not null)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            await Task.WhenAny(_killed.Task, NothingLeftAsync(chase, over.Token), Task.Delay(Patience, over.Token));
            _armed = null;
            await over.CancelAsync();
        }

        if (!_killed.Task.IsCompleted)
        {
            await Task.Delay(_random.Next(10, 300), TestContext.Current.CancellationToken);
            Count("at random");
            await _the.Service.Stack.Service.KillAsync();
        }

        await _the.Service.Stack.Service.AddressAsync(TestContext.Current.CancellationToken);
        await chase;
    }

    /// <summary>The chase is over and the queue is empty: nobody comes to the point any more.</summary>
    private async Task NothingLeftAsync(Task chase, CancellationToken stop)
    {
        await chase;
        await _the.Service.Stack.Mover.SettleAsync(stop);
    }

    private async Task<bool> MeetAsync(TappedRequest request, bool before)
    {
        if (_armed is not { } point || point.Before != before || !point.Is(request) || Interlocked.Decrement(ref _passes) >= 0 || Interlocked.CompareExchange(ref _armed, null, point) != point)
            return true;

        Count(point.Name);
        await _the.Service.Stack.Service.KillAsync();
        _killed.SetResult();
        return false;
    }

    private void Count(string point) => _killedAt[point] = _killedAt.GetValueOrDefault(point) + 1;

    /// <summary>Nothing is killed any more: the leases lapse, the next chases go on, and what stays unknown is sent again once.</summary>
    private async Task GoOnAsync()
    {
        await _the.Service.SettleAsync();
        await Task.Delay(Lease, TestContext.Current.CancellationToken);
        // The chase alone must make it good: the sweep has its own tests
        foreach (var time in new TimeOnly[] { new(9, 0), new(9, 31), new(10, 30), new(11, 30) })
        {
            _the.Service.Stack.Clock.StandAt(LondonTime.At(_the.Today, time));
            await _the.Service.FireAsync("ChaseRecommendations");
        }
    }

    private async Task<List<Message>> MessagesAsync()
    {
        var register = _the.Parts.GetRequiredService<RegisterTable>();
        var messages = new List<Message>();
        foreach (var organisation in _chased)
        {
            await foreach (var row in register.MessagesAsync(OrganisationId.Parse(organisation, null), null, TestContext.Current.CancellationToken))
                messages.Add(row.Value);
        }

        return messages;
    }
}

/// <summary>Two classes, so that they run side by side.</summary>
public sealed class KillTestsWithWebhooks(ITestOutputHelper output) : KillTests(output)
{
    [Fact]
    public Task Whatever_point_it_is_killed_at_nobody_is_missed_and_nobody_gets_it_twice() => KillAsync("on");
}

/// <inheritdoc cref="KillTestsWithWebhooks"/>
public sealed class KillTestsWithoutWebhooks(ITestOutputHelper output) : KillTests(output)
{
    [Fact]
    public Task Whatever_point_it_is_killed_at_nobody_is_missed_and_who_gets_it_twice_is_flagged() => KillAsync("off");
}
