using System.Text.Json;
using FollowUp.Chasing;
using FollowUp.Evidence;
using FollowUp.Recommendations;

namespace FollowUp.Doors;

/// <summary>
/// What timers and the queue set off, whichever way the service is hosted. Each returns what failed in words: the rest
/// was done, and the hosting reports the run as failed.
/// </summary>
public sealed class Triggers(IServiceProvider services)
{
    /// <summary>The chase, a sweep that was interrupted, and then the files that await the virus scan.</summary>
    public async Task<IReadOnlyList<string>> ChaseAsync(CancellationToken stop)
    {
        var chased = await services.GetRequiredService<ChaseRecommendations>().RunAsync(stop);
        return
        [
            .. chased.Failures,
            .. await services.GetRequiredService<SweepRegister>().CarryOnAsync(stop),
            .. await services.GetRequiredService<ScanFiles>().RunAsync(stop),
        ];
    }

    public async Task<IReadOnlyList<string>> SweepAsync(CancellationToken stop) =>
        (await services.GetRequiredService<SweepRegister>().RunAsync(stop)).Failures;

    public Task<IReadOnlyList<string>> SendStaffDigestAsync(CancellationToken stop) =>
        services.GetRequiredService<SendStaffDigest>().RunAsync(stop);

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

    internal Task SendEmailAsync(EmailRing ring, CancellationToken stop) => services.GetRequiredService<SendEmail>().RunAsync(ring, stop);
}
