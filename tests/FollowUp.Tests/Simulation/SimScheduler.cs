namespace FollowUp.Tests.Simulation;

/// <summary>A process of the service in the simulation: it may die or freeze at any of its storage operations.</summary>
internal sealed class SimWorker(string name, CancellationTokenSource stopping)
{
    public string Name => name;

    /// <summary>Cancelled when its host goes away.</summary>
    public CancellationToken Stop => stopping.Token;

    public bool IsDead { get; set; }

    /// <summary>Asked before each of its storage operations, by the table's name and what is done: whether it is killed there.</summary>
    public Func<string?, string, bool>? IsKilledAt { get; init; }

    /// <summary>Asked in the same way: whether storage is out of reach there.</summary>
    public Func<string?, string, bool>? FailsAt { get; init; }

    /// <summary>Asked after each of them in the same way: with which status its answer is lost there, though it was done; null where it comes.</summary>
    public Func<string?, string, int?>? LosesAnswerAt { get; init; }

    /// <summary>Its host goes away, and it is told to stop.</summary>
    public void LeaveAlone() => stopping.Cancel();

    /// <summary>Until when it is frozen; it wakes and goes on as if nothing had happened.</summary>
    public DateTimeOffset? FrozenUntil { get; set; }
}

/// <summary>
/// Runs all workers on one thread. Every storage operation stops at a gate, and the seed decides which of the stopped
/// ones goes on next: the same seed gives the same order of everything.
/// </summary>
internal sealed class SimScheduler(Random random, SimClock clock) : TaskScheduler
{
    private static readonly AsyncLocal<SimWorker?> Running = new();
    private readonly Queue<Task> ready = new();
    private readonly List<(TaskCompletionSource Gate, SimWorker Worker)> stopped = [];

    public static SimWorker? Worker => Running.Value;

    public Task Start(SimWorker worker, Func<Task> work) => Task.Factory.StartNew(
        async () =>
        {
            Running.Value = worker;
            await work();
        },
        CancellationToken.None,
        TaskCreationOptions.None,
        this).Unwrap();

    /// <summary>Waits until it is this operation's turn.</summary>
    public Task PassAsync()
    {
        if (Worker is not { } worker)
        {
            return Task.CompletedTask;
        }

        var gate = new TaskCompletionSource();
        stopped.Add((gate, worker));
        return gate.Task;
    }

    /// <summary>Runs until everybody has finished, died or frozen.</summary>
    public void RunUntilQuiet()
    {
        // As a task of this scheduler, so that whoever is released goes on at once
        var run = new Task(Run);
        run.RunSynchronously(this);
        run.GetAwaiter().GetResult();
    }

    protected override void QueueTask(Task task) => ready.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => ready;

    private void Run()
    {
        while (true)
        {
            while (ready.TryDequeue(out var task))
            {
                TryExecuteTask(task);
            }

            if (Next() is not { } gate)
            {
                return;
            }

            clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 40)));
            gate.SetResult();
        }
    }

    /// <summary>One of those that are awake; null when nobody is.</summary>
    private TaskCompletionSource? Next()
    {
        stopped.RemoveAll(static s => s.Worker.IsDead);
        var awake = 0;
        foreach (var (_, worker) in stopped)
        {
            awake += IsAwake(worker) ? 1 : 0;
        }

        if (awake == 0)
        {
            return null;
        }

        var left = random.Next(awake);
        var at = stopped.FindIndex(s => IsAwake(s.Worker) && left-- == 0);
        var gate = stopped[at].Gate;
        stopped.RemoveAt(at);
        return gate;
    }

    private bool IsAwake(SimWorker worker) => worker.FrozenUntil is not { } until || until <= clock.UtcNow;
}
