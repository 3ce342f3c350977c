using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Telemetry;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What a run of the chase has done.</summary>
/// <param name="Planned">Messages planned by this run.</param>
/// <param name="Places">All messages that wait to be sent, those of earlier runs with them.</param>
/// <param name="Held">Steps that are due and wait.</param>
internal sealed record ChaseResult(int Planned, IReadOnlyList<MessagePlace> Places, int Held, IReadOnlyList<string> Failures);

/// <summary>
/// Finds what is due from the agenda up to today and plans it; carries on what an earlier run could not finish. It
/// keeps no position of its own: repeating it is harmless, and missing a run only means that the next one does more.
/// </summary>
internal sealed class ChaseRecommendations(
    ReadChaseContext readContext,
    Hints hints,
    MessageHints messageHints,
    CarryOnIssue carryOnIssue,
    PlanDue plan,
    OpenDayBudget openBudget,
    SettleMessages settle,
    ReportChase report,
    IOptions<ChasingSettings> settings,
    IClock clock,
    ILogger<ChaseRecommendations> logger)
{
    public const string Job = "ChaseRecommendations";

    /// <param name="time">When it is up nothing more is planned: the rest is settled and reported, and the next run goes on.</param>
    public async Task<ChaseResult> RunAsync(RunTime time)
    {
        var stop = time.Stop;
        using var trail = Trail.Run(Job);
        var startedAt = clock.UtcNow;
        var failures = new RunFailures(Job, logger, stop);
        if (await ReadContextAsync(failures, stop) is not { } context)
        {
            await report.StoppedAsync(startedAt, failures, stop);
            return new ChaseResult(0, [], 0, failures.All);
        }

        var mayChase = settings.Value.MaySendAt(context.Situation.Now, context.Situation.Calendar);
        var agenda = await AgendaAsync(context.Situation.Today, stop);

        foreach (var toIssue in agenda.Where(e => e.Organisation is null).DistinctBy(e => e.Inspection))
        {
            await failures.TryAsync(toIssue.Inspection.ToString(), () => carryOnIssue.RunAsync(toIssue.Inspection, context.Situation, stop));
        }

        using var budget = await openBudget.RunAsync(context.Situation, stop);
        var (run, waiting) = await PlanAndSettleAsync(context, budget, mayChase, failures, time);
        failures.Add([.. context.Unreadable, .. budget.Unreadable, .. run.Unreadable]);
        await report.RunAsync(startedAt, run, waiting, failures, context.Situation, stop);
        return new ChaseResult(run.Planned.Count, waiting.Places, run.Held, failures.All);
    }

    /// <summary>What is left of earlier days goes first, so that today's email to a person brings it, and is not gone before it.</summary>
    private async Task<(PlanRun Run, Waiting Waiting)> PlanAndSettleAsync(ChaseContext context, DayBudget budget, bool mayChase, RunFailures failures, RunTime time)
    {
        var stop = time.Stop;
        try
        {
            if (mayChase)
            {
                await settle.RollOverAsync(context, budget, failures.TryAsync, stop);
            }

            var run = mayChase ? await PlanAsync(context, budget, failures, time) : new PlanRun(context, budget, new HashSet<OrganisationId>(), failures.TryAsync);
            var waiting = await settle.RunAsync(run, await report.IsHeldAsync(budget, mayChase, context.Situation, stop), failures.TryAsync, stop);
            await budget.LookAgainAsync(stop);
            return (run, waiting);
        }
        finally
        {
            await budget.ReturnAsync(CancellationToken.None);
        }
    }

    /// <summary>What the run knows; null when a row of the ladder or of the holidays cannot be read, without which no date can be trusted.</summary>
    private async Task<ChaseContext?> ReadContextAsync(RunFailures failures, CancellationToken stop)
    {
        try
        {
            return await readContext.RunAsync(stop);
        }
        catch (UnreadableRowException damage)
        {
            failures.Add([damage.Row]);
            return null;
        }
    }

    private async Task<PlanRun> PlanAsync(ChaseContext context, DayBudget budget, RunFailures failures, RunTime time)
    {
        var stop = time.Stop;
        // Issuing has put more on today's agenda
        var due = await AgendaAsync(context.Situation.Today, stop);
        var run = new PlanRun(context, budget, await messageHints.OrganisationsSinceAsync(context.Situation.Today, stop), failures.TryAsync);
        await plan.RunAsync(due, run, time);
        return run;
    }

    private async Task<List<AgendaEntry>> AgendaAsync(DateOnly today, CancellationToken stop)
    {
        var entries = new List<AgendaEntry>();
        await foreach (var entry in hints.AgendaUpToAsync(today, stop))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
