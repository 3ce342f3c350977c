using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>When the chase does what the staff's digest has not done on its morning: it has one timer a day, and nobody fires it again.</summary>
internal static class CatchUpRule
{
    /// <summary>Five minutes after the digest's own timer (UTC).</summary>
    private static readonly TimeOnly From = new(8, 5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(30);

    /// <param name="last">The last run of the digest; null when there was none.</param>
    /// <param name="now">The moment, on a working day.</param>
    public static bool IsDue(JobRun? last, DateTimeOffset now) =>
        TimeOnly.FromTimeSpan(now.UtcDateTime.TimeOfDay) >= From
        && (last is null || last.StartedAt.LondonDate() < now.LondonDate() || last.IsUnfinished && now - last.FinishedAt >= BetweenTries);
}
