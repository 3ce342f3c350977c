using System.Text.Json;
using FollowUp.Chasing;
using FollowUp.Evidence;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Doors;

/// <summary>
/// What timers and the queue set off, whichever way the service is hosted. Each returns what failed in words: the rest
/// was done, and the hosting reports the run as failed. Each ends before the host would end the process.
/// </summary>
public sealed class Triggers(IServiceProvider services, TimeProvider real)
{
    /// <summary>The chase, a sweep that was interrupted, the files that await the virus scan, and the morning's digest if it failed.</summary>
    public async Task<IReadOnlyList<string>> ChaseAsync(CancellationToken stop)
    {
        using var time = new RunTime(real, stop);
        var chased = await services.GetRequiredService<ChaseRecommendations>().RunAsync(time);
        return
        [
            .. chased.Failures,
            .. await services.GetRequiredService<SweepRegister>().CarryOnAsync(time),
            .. await services.GetRequiredService<ScanFiles>().RunAsync(time),
            .. time.IsUp ? [] : await services.GetRequiredService<SendStaffDigest>().CatchUpAsync(time.Stop),
        ];
    }

    public async Task<IReadOnlyList<string>> SweepAsync(CancellationToken stop)
    {
        using var time = new RunTime(real, stop);
        return (await services.GetRequiredService<SweepRegister>().RunAsync(time)).Failures;
    }

    public async Task<IReadOnlyList<string>> SendStaffDigestAsync(CancellationToken stop)
    {
        using var time = new RunTime(real, stop);
        return await services.GetRequiredService<SendStaffDigest>().RunAsync(time.Stop);
    }

    /// <param name="message">The text of a message on the queue.</param>
    public async Task<IReadOnlyList<string>> SendEmailAsync(string message, CancellationToken stop)
    {
        if (TriggerDoors.RingOf(JsonSerializer.SerializeToElement(message)) is not { } ring)
        {
            return ["The queue message is not one of ours."];
        }

        await SendEmailAsync(ring, stop);
        return [];
    }

    internal async Task SendEmailAsync(EmailRing ring, CancellationToken stop)
    {
        using var time = new RunTime(real, stop);
        await services.GetRequiredService<SendEmail>().RunAsync(ring, time.Stop);
    }
}
