using FollowUp.Deadlines;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>Whether chasing works, as its own runs tell. It names nobody.</summary>
internal sealed record ChaseHealth(string Status, bool IsRed, IReadOnlyList<string> Problems)
{
    private static readonly TimeSpan LongestWithoutChase = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan LongestWithoutSweep = TimeSpan.FromHours(26);

    public static ChaseHealth Judge(JobRun? chase, JobRun? sweep, DateTimeOffset now, WorkingCalendar calendar)
    {
        var problems = new List<string>();
        JudgeRun(chase, "chase", LongestWithoutChase, now, problems);
        JudgeRun(sweep, "sweep", LongestWithoutSweep, now, problems);
        if (chase?.RefusedSince is { } refused)
        {
            problems.Add($"SendGrid has refused our account since {refused:u}: nothing is sent.");
        }

        if (chase?.LateSince is { } late)
        {
            problems.Add($"An email has been due since {late:u} and has not been accepted for delivery.");
        }

        if (chase?.HeldSince is not { } held)
        {
            return problems.Count == 0 ? new ChaseHealth("ok", false, []) : new ChaseHealth("failing", true, problems);
        }

        var tooLong = calendar.Between(held.LondonDate(), now.LondonDate()) > 1;
        return new ChaseHealth("held", tooLong || problems.Count > 0, [.. problems, $"Sending is held since {held:u}."]);
    }

    private static void JudgeRun(JobRun? run, string job, TimeSpan longest, DateTimeOffset now, List<string> problems)
    {
        if (run is null)
        {
            problems.Add($"No {job} has finished yet.");
        }
        else if (now - run.FinishedAt > longest)
        {
            problems.Add($"The last {job} finished at {run.FinishedAt:u}.");
        }
        else if (run.Failures.Count > 0)
        {
            problems.Add($"The last {job} failed for {run.Failures.Count} items.");
        }
    }
}

/// <summary>Reads whether chasing works.</summary>
internal sealed class ReadChaseHealth(RunsTable runs, CalendarTable calendar, IClock clock)
{
    public async Task<ChaseHealth> RunAsync(CancellationToken stop) => ChaseHealth.Judge(
        await runs.FindAsync(ChaseRecommendations.Job, stop), await runs.FindAsync(SweepRegister.Job, stop), clock.UtcNow, await calendar.ReadAsync(stop));
}
