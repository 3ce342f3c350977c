using Azure;

namespace FollowUp.Tests.Simulation;

/// <summary>What may go wrong at every operation of a worker.</summary>
internal sealed class SimFaults(Random random, SimClock clock)
{
    public SimScheduler Scheduler { get; set; } = null!;

    public bool On { get; set; }

    public Dictionary<string, int> Counted { get; } = [];

    /// <summary>Crashes, freezes and hosts that went away: each may cost one email sent twice.</summary>
    public int Losses { get; private set; }

    public long Operations { get; private set; }

    public async Task BeforeAsync(ModelTable? table, string what, CancellationToken stop)
    {
        if (SimScheduler.Worker is not { } worker)
        {
            return;
        }

        Operations++;
        await Scheduler.PassAsync();
        if (table?.Fails == true)
        {
            throw new RequestFailedException(503, $"ServerBusy ({table.Name} {what})");
        }

        if (worker.IsKilledAt?.Invoke(table?.Name, what) == true)
        {
            await DieAsync(worker, $"killed on purpose before {what}");
        }

        if (worker.FailsAt?.Invoke(table?.Name, what) == true)
        {
            throw new RequestFailedException(503, $"ServerBusy ({table?.Name} {what})");
        }

        if (!On)
        {
            return;
        }

        switch (random.Next(1000))
        {
            case < 3:
                await DieAsync(worker, $"died before {what}");
                break;
            case < 5:
                Count($"froze before {what}");
                Losses++;
                worker.FrozenUntil = clock.UtcNow + TimeSpan.FromSeconds(random.Next(30, 20_000));
                await Scheduler.PassAsync();
                break;
            case < 13:
                Count($"503 at {what}");
                throw new RequestFailedException(503, $"ServerBusy ({table?.Name} {what})");
            case < 15:
                LeaveAlone(worker, $"left alone before {what}");
                break;
        }

        stop.ThrowIfCancellationRequested();
    }

    public async Task AfterAsync(ModelTable? table, string what, CancellationToken stop)
    {
        if (SimScheduler.Worker?.LosesAnswerAt?.Invoke(table?.Name, what) is { } status)
        {
            throw new RequestFailedException(status, $"Its answer is lost ({table?.Name} {what})");
        }

        if (!On || SimScheduler.Worker is not { } worker)
        {
            return;
        }

        switch (random.Next(1000))
        {
            case < 3:
                await DieAsync(worker, $"died after {what}");
                break;
            case < 7:
                Count($"answer lost at {what}");
                throw new RequestFailedException(500, $"OperationTimedOut ({table?.Name} {what})");
            case < 8:
                LeaveAlone(worker, $"left alone after {what}");
                break;
            case < 13 when what == "egt":
                Count("own retry conflicts at egt");
                throw new RequestFailedException(random.Next(2) == 0 ? 409 : 412, $"EntityAlreadyExists ({table?.Name})");
        }

        stop.ThrowIfCancellationRequested();
    }

    public void Die(SimWorker worker, string what)
    {
        Count(what);
        Losses++;
        worker.IsDead = true;
    }

    private void LeaveAlone(SimWorker worker, string what)
    {
        Count(what);
        Losses++;
        worker.LeaveAlone();
    }

    public void Count(string what) => Counted[what] = Counted.GetValueOrDefault(what) + 1;

    private Task DieAsync(SimWorker worker, string what)
    {
        Die(worker, what);
        return Scheduler.PassAsync();
    }
}
