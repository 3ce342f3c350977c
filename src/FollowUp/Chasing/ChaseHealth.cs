using FollowUp.Deadlines;
using FollowUp.Storage;
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

    /// <summary>The same where so many rows that tell of it cannot be read.</summary>
    public ChaseHealth Without(int unreadable) => unreadable == 0
        ? this
        : this with { Status = "failing", IsRed = true, Problems = [.. Problems, $"{unreadable} of the rows that tell of the jobs and the holidays cannot be read, so the rest of this may be wrong."] };

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
    public async Task<ChaseHealth> RunAsync(CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var (chase, sweep) = (await runs.FindAsync(ChaseRecommendations.Job, unreadable, stop), await runs.FindAsync(SweepRegister.Job, unreadable, stop));
        return ChaseHealth.Judge(chase, sweep, clock.UtcNow, await calendar.ReadAsync(stop, unreadable)).Without(unreadable.Count);
    }
}
