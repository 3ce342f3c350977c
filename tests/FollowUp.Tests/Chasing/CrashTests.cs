using FollowUp.Local.Mail;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>The service is killed without a word at random moments of a chase.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private const int Organisations = 24;
    private const int Kills = 6;
    private readonly Inspectorate _the = new();
    private readonly List<string> _chased = [];
    private readonly Random _random = new(20170831);

    public async ValueTask InitializeAsync()
    {
        await _the.StartAsync(options => options with
        {
            Patience = options.Patience with { QueueVisibility = TimeSpan.FromSeconds(1), RestartDelay = TimeSpan.FromMilliseconds(20) },
        });
        for (var i = 0; i < Organisations; i++)
        {
            var id = Inspectorate.Fresh("crash");
            _chased.Add(await _the.OrganisationAsync(id: id, contacts: [Inspectorate.Contact(id)]));
        }

        await _the.IssuedAsync([.. _chased]);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task Nobody_is_missed_and_only_what_was_taken_and_not_recorded_goes_twice(string webhooks)
    {
        _the.Service.Faults.Set(System.Text.Json.JsonSerializer.SerializeToElement(new { webhooks }));

        for (var kill = 0; kill < Kills; kill++)
        {
            var chase = _the.Service.Stack.Timers.FireAsync("ChaseRecommendations", TestContext.Current.CancellationToken);
            await Task.WhenAny(chase, MomentAsync());
            await MomentAsync();
            await _the.Service.KillServiceAsync();
            await chase;
        }

        // What was claimed stays claimed for two minutes; they have passed
        await _the.Service.SettleAsync();
        await LapseAsync();
        await _the.Service.FireAsync("ChaseRecommendations");
        await _the.Service.MoveClockAsync(_the.Today, new(9, 31));
        await _the.Service.MoveClockAsync(_the.Today, new(10, 30));

        var messages = await MessagesAsync();
        Assert.All(messages, m => Assert.Equal(MessageStatus.Accepted, m.Status));
        foreach (var organisation in _chased)
        {
            var message = Assert.Single(messages, m => m.OrganisationId.ToString() == organisation);
            var arrived = _the.To(Inspectorate.Address(organisation, "main")).Count;
            Assert.True(arrived == 1 || arrived == 2 && message.Attempts == 2 && webhooks == "off", $"{organisation}: {arrived} emails after {message.Attempts} attempts");
        }
    }

    public ValueTask DisposeAsync() => _the.DisposeAsync();

    // A moment for the chase to get somewhere: where it is killed is not to be the same place every time
    private Task MomentAsync() => Task.Delay(_random.Next(10, 250), TestContext.Current.CancellationToken);

    private async Task LapseAsync()
    {
        var register = _the.Parts.GetRequiredService<RegisterTable>();
        foreach (var organisation in _chased.Select(o => OrganisationId.Parse(o, null)))
        {
            await foreach (var row in register.MessagesAsync(organisation, null, TestContext.Current.CancellationToken))
            {
                if (row.Value.Status == MessageStatus.Claimed)
                    Assert.True(await register.CommitAsync(RegisterTable.Change(organisation).Replace(row, row.Value with { LeaseUntil = DateTimeOffset.UnixEpoch }), TestContext.Current.CancellationToken));
            }
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
