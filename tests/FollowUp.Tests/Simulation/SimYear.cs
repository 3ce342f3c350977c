using System.Text.Json;
using Azure;
using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Reviews;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Simulation;

/// <summary>What a simulated year has come to.</summary>
internal sealed record YearResult(int Seed, IReadOnlyList<string> Broken, int Emails, int Twice, int Losses, int Cut, long Operations, IReadOnlyDictionary<string, int> Faults);

/// <summary>One year of the service with everything that may go wrong, drawn from a seed.</summary>
internal sealed class SimYear : IDisposable
{
    private const int CalmDays = 12;
    private readonly int seed;
    private readonly SimWorld world;
    private readonly Promise promise;
    private readonly List<string> failures = [];
    private int workers;

    public SimYear(int seed)
    {
        this.seed = seed;
        var random = new Random(seed);
        var firstDay = new DateOnly(2017 + random.Next(9), random.Next(1, 13), random.Next(1, 28));
        world = new SimWorld(seed, LondonTime.At(firstDay, new TimeOnly(7, 0)), new Dictionary<string, string?> { ["Chasing:HoldLeast"] = "1000000", ["Chasing:DailyCap"] = "1000000", ["Chasing:AtOnce"] = "1" });
        promise = new Promise(world);
        world.SendGrid.OnTaken = promise.Check;
    }

    public YearResult Run(int days)
    {
        world.LoadDirectory();
        world.Issue("first-one", world.Random.Next(1, 4), world.Random.Next(1, 3));
        world.Faults.On = true;
        var today = world.Clock.UtcNow.LondonDate();
        for (var day = 0; day < days; day++)
        {
            Day(today.AddDays(day), day);
        }

        world.Faults.On = false;
        world.SendGrid.DownUntil = default;
        for (var day = 0; day < CalmDays; day++)
        {
            CalmDay(today.AddDays(days + day));
        }

        world.Calmly(async () => promise.CheckTheEnd(await world.Services.GetRequiredService<ReadSituation>().RunAsync(default)));
        return new YearResult(seed, [.. promise.Broken, .. failures], promise.ChasingEmails, promise.Twice, world.Faults.Losses, world.SendGrid.Cut, world.Faults.Operations, world.Faults.Counted);
    }

    public void Dispose() => world.Dispose();

    private void Day(DateOnly day, int number)
    {
        var random = world.Random;
        if (number is 60 or 200)
        {
            world.Issue($"another-{number}", random.Next(0, 3), random.Next(1, 3));
        }

        if (random.Next(60) == 0)
        {
            world.SendGrid.DownUntil = LondonTime.At(day, new TimeOnly(7, 0)).AddHours(random.Next(1, 24 * 9));
        }

        world.SendGrid.WebhooksAreLost = random.Next(30) == 0;
        if (random.Next(4) == 0)
        {
            Work("sweep", LondonTime.At(day, new TimeOnly(4, 0)), SweepAsync);
        }

        // Sometimes the timer is late, is lost, or fires twice at once.
        var moments = Enumerable.Range(0, WorkingCalendar.Published.IsWorkingDay(day) ? random.Next(1, 4) : random.Next(0, 2))
            .Select(_ => LondonTime.At(day, new TimeOnly(random.Next(7, 19), random.Next(60)))).Order().ToList();
        foreach (var moment in moments)
        {
            world.Clock.AdvanceTo(moment);
            if (random.Next(25) == 0)
            {
                Something(day);
            }

            Chase(random.Next(6) == 0 ? 2 : 1);
        }
    }

    private static async Task SweepAsync(IServiceProvider services, CancellationToken stop)
    {
        using var time = new RunTime(TimeProvider.System, stop);
        await services.GetRequiredService<SweepRegister>().RunAsync(time);
    }

    private void CalmDay(DateOnly day)
    {
        foreach (var hour in new[] { 9, 14 })
        {
            world.Clock.AdvanceTo(LondonTime.At(day, new TimeOnly(hour, 0)));
            Chase(1);
        }
    }

    /// <summary>The chase, its bells and the webhooks that have come by then, all at once.</summary>
    private void Chase(int atOnce)
    {
        DeliverWebhooks();
        for (var i = 0; i < atOnce; i++)
        {
            Start("chase", (s, stop) => s.GetRequiredService<ChaseRecommendations>().RunAsync(stop));
        }

        world.Scheduler.RunUntilQuiet();
        for (var round = 0; round < 4 && world.Queues.Rings.Count > 0; round++)
        {
            foreach (var ring in world.Queues.Rings.ToList())
            {
                Start("send", (s, stop) => s.GetRequiredService<SendEmail>().RunAsync(Json.Read<EmailRing>(ring), stop));
            }

            world.Queues.Rings.Clear();
            world.Scheduler.RunUntilQuiet();
            world.Clock.Advance(TimeSpan.FromSeconds(30));
            DeliverWebhooks();
        }
    }

    private void DeliverWebhooks()
    {
        var come = world.SendGrid.Webhooks.Where(w => w.At <= world.Clock.UtcNow).ToList();
        foreach (var webhook in come)
        {
            world.SendGrid.Webhooks.Remove(webhook);
            Start("webhook", async (s, stop) =>
            {
                try
                {
                    await s.GetRequiredService<SendGridWebhook>().RunAsync(webhook.Events, stop);
                }
                catch (Exception fault) when (fault is RequestFailedException or IOException or OperationCanceledException)
                {
                    // SendGrid gets no 2xx and comes again.
                    world.SendGrid.Webhooks.Add((world.Clock.UtcNow.AddMinutes(1), webhook.Events));
                }
            });
        }

        world.Scheduler.RunUntilQuiet();
    }

    private void Work(string what, DateTimeOffset at, Func<IServiceProvider, CancellationToken, Task> work)
    {
        world.Clock.AdvanceTo(at);
        Start(what, work);
        world.Scheduler.RunUntilQuiet();
    }

    private void Start(string what, Func<IServiceProvider, CancellationToken, Task> work)
    {
        var worker = new SimWorker($"{what} {++workers}", new());
        world.Scheduler.Start(worker, async () =>
        {
            try
            {
                await work(world.Services, worker.Stop);
            }
            catch (Exception fault) when (fault is RequestFailedException or IOException)
            {
                world.Faults.Count($"{what} failed");
            }
            catch (OperationCanceledException) when (worker.Stop.IsCancellationRequested)
            {
                world.Faults.Count($"{what} stopped");
            }
            catch (Exception fault) when (!worker.IsDead)
            {
                failures.Add($"{world.Clock.UtcNow:u} {what}: {fault}");
            }
        });
    }

    /// <summary>Somebody does something: answers, reviews, moves a date, gives it to others, closes it.</summary>
    private void Something(DateOnly today)
    {
        var rows = world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("rec|", StringComparison.Ordinal)).Select(e => Document.Read<Recommendation>(e).Value).Where(r => r.Move is null).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        var state = rows[world.Random.Next(rows.Count)];
        var by = new Actor(ActorKind.Staff, "Sim");
        var days = world.Random.Next(1, 30);
        var what = world.Random.Next(10);
        world.Calmly(async () =>
        {
            var change = world.Services.GetRequiredService<ChangeRecommendation>();
            var command = Command.By(by);
            _ = what switch
            {
                0 or 1 => await change.RunAsync(state.Id, command, (s, now) => Answer(s, now), default),
                2 => await change.RunAsync(state.Id, command, (s, now) => ReviewRule.Review(s, now, Judgement.Acceptable, null, null, by), default),
                3 => await change.RunAsync(state.Id, command, (s, now) => DeadlineCommands.Extend(s, now, today.AddDays(days), "More time"), default),
                4 => await change.RunAsync(state.Id, command, (s, now) => DeadlineCommands.Pause(s, now, today.AddDays(days), "A pause"), default),
                5 => await change.RunAsync(state.Id, command, (s, now) => DeadlineCommands.Resume(s, now), default),
                6 => await change.RunAsync(state.Id, command, (s, now) => ReviewRule.Review(s, now, Judgement.Unacceptable, "Not enough", today.AddDays(days), by), default),
                7 => await change.RunAsync(state.Id, command, (s, now) => UpwardCommands.Hold(s, now, today.AddDays(days), "A call"), default),
                8 => await change.RunAsync(state.Id, command, (s, now) => UpwardCommands.Release(s, now), default),
                _ => await world.Services.GetRequiredService<ReassignRecommendation>().RunAsync(
                    state.Id, command, (state.OrganisationId == Gloucestershire.Crc.Id ? Gloucestershire.Nps : Gloucestershire.Crc).Id.ToString(), "Wrong one", null, default),
            };
        });
    }

    private static Outcome<Change> Answer(Recommendation state, Situation situation) => state.Ask is { IsOpen: true, Kind: AskKind.Response }
        ? new Change(
            state with { Status = RecommendationStatus.Responded, Answer = A.Answer(Position.Agreed, A.Action(targetOn: situation.Today.AddDays(40))), Review = null, Ask = state.Ask with { ClosedOn = situation.Today, PausedOn = null, PausedUntil = null } },
            [new NewEvent(EventTypes.Answered, new { })],
            Change.NoLetters)
        : Refusal.Conflict("Nothing is owed.");
}
