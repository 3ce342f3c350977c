using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FollowUp.Telemetry;

/// <summary>
/// The trail of a message from the chase to the reply. What belongs together carries the same <c>mid</c>, since the
/// queue, SendGrid and a person's days lie between the steps and no trace lasts so long.
/// </summary>
internal static class Trail
{
    public const string Name = "FollowUp";
    public const string Mid = "followup.mid";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("followup.steps", description: "Steps on the way of messages and replies, by what was done");

    /// <summary>A step on the way of a message; it ends when it is disposed.</summary>
    /// <param name="step">What is done, as <c>ring</c> or <c>send</c>.</param>
    public static Activity? Follow(string step, string? mid)
    {
        Steps.Add(1, new KeyValuePair<string, object?>("followup.step", step));
        return Source.StartActivity(step)?.SetTag(Mid, mid);
    }

    /// <summary>A run of a job, which many messages' steps belong to.</summary>
    public static Activity? Run(string job) => Source.StartActivity(job);
}
