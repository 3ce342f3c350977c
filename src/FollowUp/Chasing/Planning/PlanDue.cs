using System.Collections.Concurrent;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>One run of planning: what all its plans share, and what has come of them.</summary>
/// <param name="context">What the run knows.</param>
/// <param name="budget">What may still be planned today.</param>
/// <param name="hadMessages">The organisations that had messages of today, or of a day after it, when the run began.</param>
/// <param name="tryAsync">Does something for an item, whose failure stops nothing else.</param>
internal sealed class PlanRun(ChaseContext context, DayBudget budget, IReadOnlySet<OrganisationId> hadMessages, Func<string, Func<Task>, ValueTask> tryAsync)
{
    private readonly ConcurrentQueue<MessagePlace> planned = [];
    private readonly ConcurrentDictionary<OrganisationId, bool> raced = [];
    private readonly ConcurrentQueue<UnreadableRow> unreadable = [];
    private int held;

    public ChaseContext Context => context;

    public DayBudget Budget => budget;

    public IReadOnlyCollection<MessagePlace> Planned => planned;

    /// <summary>Organisations that somebody else was planning at the same time.</summary>
    public IReadOnlySet<OrganisationId> Raced => raced.Keys.ToHashSet();

    /// <summary>Rows that this release cannot read; the rest was planned.</summary>
    public IReadOnlyCollection<UnreadableRow> Unreadable => unreadable;

    /// <summary>How many steps are due and wait.</summary>
    public int Held => held;

    /// <inheritdoc cref="RunFailures.TryAsync"/>
    public ValueTask TryAsync(string item, Func<Task> work) => tryAsync(item, work);

    public bool HadMessages(OrganisationId id) => hadMessages.Contains(id);

    public void Hold(int steps) => Interlocked.Add(ref held, steps);

    public void LostRace(OrganisationId id) => raced[id] = true;

    public void Add(IEnumerable<MessagePlace> places)
    {
        foreach (var place in places)
        {
            planned.Enqueue(place);
        }
    }

    public void AddUnreadable(IEnumerable<UnreadableRow> rows)
    {
        foreach (var row in rows)
        {
            unreadable.Enqueue(row);
        }
    }
}

/// <summary>Writes what leads to plans, before them: for many organisations in one request for each day.</summary>
internal sealed class PlanHints(Hints hints, MessageHints messageHints)
{
    public async Task WriteAsync(IReadOnlyCollection<DecidedPlan> decided, Situation situation, CancellationToken stop)
    {
        await hints.RememberAsync(decided.SelectMany(d => d.Next(situation)), stop);
        await messageHints.LeadToAsync([.. decided.SelectMany(d => d.Places)], stop);
    }
}

/// <summary>
/// Plans what is due, a lot of organisations at a time: each is decided by itself, their hints are written together,
/// and then each is written by itself.
/// </summary>
internal sealed class PlanDue(PlanOrganisation plan, PlanHints hints, IOptions<ChasingSettings> settings)
{
    private const int Lot = 40;

    /// <param name="due">What may be due, from the agenda.</param>
    /// <param name="run">What the plans share; takes what has come of them.</param>
    /// <param name="time">When it is up no more lots are taken.</param>
    public async Task RunAsync(IEnumerable<AgendaEntry> due, PlanRun run, RunTime time)
    {
        var stop = time.Stop;
        foreach (var lot in due.Where(e => e.Organisation is not null).GroupBy(e => e.Organisation!.Value, e => new RecommendationId(e.Inspection, e.Number!.Value)).Chunk(Lot).TakeWhile(_ => !time.IsUp))
        {
            var decided = new ConcurrentQueue<DecidedPlan>();
            await Parallel.ForEachAsync(lot, Bounded(stop), (ofOne, token) => run.TryAsync(ofOne.Key.ToString(), async () =>
            {
                if (await plan.DecideAsync(ofOne.Key, ofOne.ToHashSet(), run, token) is { } one)
                {
                    decided.Enqueue(one);
                }
            }));
            await run.TryAsync(string.Join(", ", decided.Select(d => d.Organisation.Id)), async () =>
            {
                await WriteHintsAsync(decided, run, stop);
                await Parallel.ForEachAsync(decided, Bounded(stop), (one, token) => run.TryAsync(one.Organisation.Id.ToString(), () => plan.WriteAsync(one, run, token)));
            });
        }
    }

    /// <summary>Without its hints nothing of the lot is written, and nothing counts for the day.</summary>
    private async Task WriteHintsAsync(ConcurrentQueue<DecidedPlan> decided, PlanRun run, CancellationToken stop)
    {
        try
        {
            await hints.WriteAsync(decided, run.Context.Situation, stop);
        }
        catch
        {
            await run.Budget.GiveBackAsync(decided.Sum(d => d.Begun), stop);
            throw;
        }
    }

    /// <summary>On the scheduler that the run itself is on.</summary>
    private ParallelOptions Bounded(CancellationToken stop) =>
        new() { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current };
}
