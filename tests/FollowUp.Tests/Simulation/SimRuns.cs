using Azure;
using FollowUp.Chasing;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Simulation;

/// <summary>Starts what the host would start: the chase, the sweep, the senders and the webhooks.</summary>
internal sealed class SimRuns(SimWorld world, Promise promise)
{
    private bool wentWell;
    private int workers;

    /// <summary>Whether a run of the chase has gone well today while nothing kept emails from leaving.</summary>
    public bool IsGood { get; set; }

    /// <summary>What ended in a way that no storage and no network explains.</summary>
    public List<string> Failures { get; } = [];

    public void Sweep()
    {
        Start("sweep", SweepAsync);
        world.Scheduler.RunUntilQuiet();
    }

    private static async Task SweepAsync(IServiceProvider services, CancellationToken stop)
    {
        using var time = new RunTime(TimeProvider.System, stop);
        await services.GetRequiredService<SweepRegister>().RunAsync(time);
    }

    /// <summary>The chase, its bells and the webhooks that have come by then; sometimes all at once.</summary>
    public void Chase(int atOnce)
    {
        DeliverWebhooks();
        wentWell = false;
        var mayBeGood = MaySend();
        world.Queues.AtOnce = world.Random.Next(3) == 0 ? Send : null;
        for (var i = 0; i < atOnce; i++)
        {
            Start("chase", (s, stop) => ChaseAsync(s, mayBeGood, stop));
        }

        world.Scheduler.RunUntilQuiet();
        world.Queues.AtOnce = null;
        for (var round = 0; round < 4 && world.Queues.Rings.Count > 0; round++)
        {
            world.Queues.Rings.ToList().ForEach(Send);
            world.Queues.Rings.Clear();
            world.Scheduler.RunUntilQuiet();
            world.Clock.Advance(TimeSpan.FromSeconds(30));
            DeliverWebhooks();
        }

        promise.JudgeLeftBehind(wentWell && atOnce == 1);
    }

    private async Task ChaseAsync(IServiceProvider services, bool mayBeGood, CancellationToken stop)
    {
        using var time = new RunTime(TimeProvider.System, stop);
        var began = world.Clock.UtcNow.LondonDate();
        var result = await services.GetRequiredService<ChaseRecommendations>().RunAsync(time);
        Failures.AddRange(result.Failures.Where(f => f.Contains("transaction cannot be built", StringComparison.Ordinal)).Select(f => $"{world.Clock.UtcNow:u} chase: {f}"));

        // One that slept overnight has done nothing for the day on which it woke
        wentWell = mayBeGood && began == world.Clock.UtcNow.LondonDate() && result.Failures.Count == 0 && MaySend();
        IsGood |= wentWell;
    }

    /// <summary>Whether nothing keeps an email from leaving now.</summary>
    private bool MaySend()
    {
        var london = world.Clock.UtcNow.InLondon();
        return london.Hour is >= 8 and < 18 && promise.Ledger.Work.Now.Has(world.Clock.UtcNow.LondonDate()) && world.Clock.UtcNow >= world.SendGrid.DownUntil && !promise.Ledger.Stopped.Now
            && world.Tables["Settings"].Find(ChangeStamp.Partition, "brakes")?.GetString("json0").Contains("refusal", StringComparison.Ordinal) != true;
    }

    private void Send(string ring) => Start("send", (s, stop) => s.GetRequiredService<SendEmail>().RunAsync(Json.Read<FollowUp.Recommendations.EmailRing>(ring), stop));

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

    /// <summary>What a person has asked for, where it may end at any of its writes.</summary>
    /// <param name="writes">Before how manieth write its process is killed; null where that is left to chance.</param>
    public void Act(string what, int? writes, Func<IServiceProvider, CancellationToken, Task> work)
    {
        Start(what, work, (_, operation) => writes is not null && operation is "egt" or "put" && --writes == 0);
        world.Scheduler.RunUntilQuiet();
    }

    private void Start(string what, Func<IServiceProvider, CancellationToken, Task> work, Func<string?, string, bool>? isKilledAt = null)
    {
        var worker = new SimWorker($"{what} {++workers}", new()) { IsKilledAt = isKilledAt };
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
                Failures.Add($"{world.Clock.UtcNow:u} {what}: {fault}");
            }
        });
    }
}
