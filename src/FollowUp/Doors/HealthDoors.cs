using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Doors;

/// <summary>Whether the service lives, and whether chasing works.</summary>
internal static class HealthDoors
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
    private static readonly TimeSpan LongestWithoutChase = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan LongestWithoutSweep = TimeSpan.FromHours(26);
    private static readonly TimeSpan LongestUnsent = TimeSpan.FromHours(2);

    public sealed record HealthView(string Status, IReadOnlyList<string> Problems);

    public static void MapHealthDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("health", GetAndHead, () => Results.Ok(new HealthView("live", []))).ExcludeFromDescription();
        routes.MapMethods("health/chase", GetAndHead, async (RunsTable runs, CalendarTable calendar, IOptions<ChasingSettings> settings, IClock clock, CancellationToken stop) =>
        {
            var problems = new List<string>();
            var chase = await runs.FindAsync(ChaseRecommendations.Job, stop);
            Judge(chase, "chase", LongestWithoutChase, clock.UtcNow, problems);
            if (chase?.WaitingSince is { } since && settings.Value.SendingTimeBetween(since, clock.UtcNow, await calendar.ReadAsync(stop)) > LongestUnsent)
            {
                problems.Add($"An email has been due since {since:u} and has not been accepted for delivery.");
            }

            Judge(await runs.FindAsync(SweepRegister.Job, stop), "sweep", LongestWithoutSweep, clock.UtcNow, problems);
            return problems.Count == 0 ? Results.Ok(new HealthView("ok", [])) : Results.Json(new HealthView("failing", problems), statusCode: StatusCodes.Status503ServiceUnavailable);
        }).ExcludeFromDescription();
    }

    private static void Judge(JobRun? run, string job, TimeSpan longest, DateTimeOffset now, List<string> problems)
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
