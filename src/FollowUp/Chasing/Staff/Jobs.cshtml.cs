using FollowUp.Evidence;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>What runs by itself: when it last ran, what it did and what failed, and whether chasing is healthy.</summary>
internal sealed class JobsPage(RunsTable runs, TasksTable tasks, SilentScan scans, ReadChaseHealth readHealth) : PageModel
{
    private static readonly (string Job, string Name, string When)[] Jobs =
    [
        (ChaseRecommendations.Job, "Chase", "every 10 minutes"),
        (SweepRegister.Job, "Sweep", "at 04:00 and 12:00 UTC"),
        (SendStaffDigest.Job, "Staff’s digest", "at 08:00 UTC on working days"),
    ];

    public ChaseHealth Health { get; private set; } = null!;

    public IReadOnlyList<(string Name, string When, JobRun? Run)> Runs { get; private set; } = [];

    /// <summary>The jobs whose last run cannot be read.</summary>
    public IReadOnlyList<string> CannotRead { get; private set; } = [];

    /// <summary>A sweep that is under way, or was interrupted.</summary>
    public SweepPosition? Sweeping { get; private set; }

    /// <summary>The files that await the virus scan; null when there are none.</summary>
    public AwaitedScans? Scans { get; private set; }

    /// <summary>The rows that cannot be read.</summary>
    public IReadOnlyList<StaffTask> Quarantined { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Health = await readHealth.RunAsync(stop);
        var unreadable = new List<UnreadableRow>();
        var last = (await runs.AllAsync(unreadable, stop)).ToDictionary(r => r.Job);
        Runs = [.. Jobs.Select(j => (j.Name, j.When, last.GetValueOrDefault(j.Job)))];
        CannotRead = [.. Jobs.Where(j => unreadable.Any(row => row.RowKey == j.Job)).Select(j => j.Name)];
        Sweeping = await runs.FindPositionAsync(unreadable, stop);
        Scans = await scans.ReadAsync(stop);
        Quarantined = [.. (await tasks.OpenTasksAsync(stop)).Where(t => t.Kind == TaskKind.UnreadableRow)];
    }

    /// <summary>What a run did, in words.</summary>
    public static string Did(JobRun run) => run.Job switch
    {
        ChaseRecommendations.Job => $"{Words.Count(run.Planned, "email")} planned, {run.Rung} waiting to be sent, {Words.Count(run.Held, "step")} held",
        SweepRegister.Job => $"{Words.Count(run.Planned, "recommendation")} looked at, {Words.Count(run.Rung, "place")} on the agenda and the lists renewed, {run.Removed} old ones taken away",
        _ => $"{Words.Count(run.Planned, "email")} written",
    };

    /// <summary>How long a run took, in words.</summary>
    public static string Took(JobRun run) => (run.FinishedAt - run.StartedAt) switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalMinutes: < 1 } took => Words.Count((int)took.TotalSeconds, "second"),
        { TotalHours: < 1 } took => $"{Words.Count((int)took.TotalMinutes, "minute")} {Words.Count(took.Seconds, "second")}",
        var took => $"{Words.Count((int)took.TotalHours, "hour")} {Words.Count(took.Minutes, "minute")}",
    };
}
