using System.Globalization;
using FollowUp.Deadlines;
using FollowUp.Local.Azurite;
using FollowUp.Tests.Infrastructure;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

/// <summary>
/// Storage that is busy, breaks off, and answers what nobody hears, under the client that is used in production: what it
/// tries again may have been written the first time.
/// </summary>
public sealed class StorageFaultTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Organisations = 24;
    private const int OneIn = 6;
    private const int Apart = 7;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(12);
    private static readonly string[] Kinds = ["busy", "busy to the end", "broken off", "broken off to the end", "unheard", "unheard to the end"];
    private readonly ServiceTap _tap = new();
    private readonly Inspectorate _the = new();
    private readonly Dictionary<string, int> _met = [];
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, int> _turns = [];
    private bool _on;

    [Fact]
    public async Task What_storage_refuses_or_answers_unheard_is_neither_missed_nor_sent_twice()
    {
        _tap.Before = request => Task.FromResult(!Meets(request, "broken off"));
        _tap.Instead = request => Meets(request, "busy") ? 503 : null;
        _tap.After = (request, _) => Task.FromResult(!Meets(request, "unheard"));
        _the.Service.Settings["Chasing__Lease"] = Lease.ToString("c", CultureInfo.InvariantCulture);
        await _the.StartAsync(options => options with { Tap = _tap, Patience = options.Patience with { QueueVisibility = TimeSpan.FromSeconds(1) } });
        var ids = Enumerable.Range(0, Organisations).Select(_ => Inspectorate.Fresh("fault")).ToList();
        foreach (var id in ids)
            await _the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id)]);
        var inspection = await _the.IssuedAsync([.. ids]);
        var due = DateOnly.Parse((await _the.Viewer.GetAsync($"api/recommendations/{inspection}")).Word("ask", "dueOn"), CultureInfo.InvariantCulture);

        foreach (var (day, kinds) in new (DateOnly, string[])[] { (_the.Today, ["notice"]), (WorkingCalendar.Published.Add(due, -10), ["notice", "reminder"]) })
        {
            if (day != _the.Today)
                await _the.Service.SkipToAsync(day.AddDays(-1), new(18, 0));
            _on = true;
            foreach (var time in new TimeOnly[] { new(9, 0), new(9, 40) })
                await ChaseAsync(day, time);
            _on = false;
            await Task.Delay(Lease, TestContext.Current.CancellationToken);
            foreach (var time in new TimeOnly[] { new(10, 15), new(10, 50), new(11, 25) })
                await ChaseAsync(day, time);

            Assert.All(ids, id => Assert.Equal(kinds, _the.To(Inspectorate.Address(id, "main")).Select(Inspectorate.Category)));
        }

        output.WriteLine(string.Join(", ", _met.Select(m => $"{m.Value} × {m.Key}")));
        Assert.Equal(Kinds.Order(), _met.Keys.Order());
        Assert.Equal(200, (await _the.Nobody.GetAsync("health/chase")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _on = false;
        await _the.DisposeAsync();
    }

    /// <summary>A run may end as failed while storage does; what it could not do is for the next.</summary>
    private async Task ChaseAsync(DateOnly day, TimeOnly time)
    {
        _the.Service.Stack.Clock.StandAt(LondonTime.At(day, time));
        var outcome = await _the.Service.Stack.Timers.FireAsync("ChaseRecommendations", TestContext.Current.CancellationToken);
        Assert.True(_on || outcome!.Succeeded, outcome!.Reason);
        await _the.Service.SettleAsync();
    }

    /// <summary>One request in six meets something, in turn: some once, some however often they are tried again.</summary>
    private bool Meets(TappedRequest request, string fault)
    {
        if (!_on || request.Id.Length == 0)
            return false;

        lock (_met)
        {
            if (!_turns.TryGetValue(request.Id, out var turn))
                _turns[request.Id] = turn = _turns.Count * Apart % (Kinds.Length * OneIn);
            if (turn >= Kinds.Length || !Kinds[turn].StartsWith(fault, StringComparison.Ordinal))
                return false;

            if (!_seen.Add(request.Id) && Kinds[turn] == fault)
                return false;

            _met[Kinds[turn]] = _met.GetValueOrDefault(Kinds[turn]) + 1;
            return true;
        }
    }
}
