using FollowUp.Doors;
using Microsoft.Azure.Functions.Worker;

namespace FollowUp.Worker;

/// <summary>Timers and the queue, one line each; a run in which an item failed fails.</summary>
public sealed class TriggerDoors(Triggers triggers)
{
    [Function("ChaseRecommendations")]
    public Task Chase([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken stop) => Fail(triggers.ChaseAsync(stop));

    [Function("SweepRegister")]
    public Task Sweep([TimerTrigger("0 0 4,12 * * *")] TimerInfo timer, CancellationToken stop) => Fail(triggers.SweepAsync(stop));

    [Function("SendStaffDigest")]
    public Task SendStaffDigest([TimerTrigger("0 0 8 * * 1-5")] TimerInfo timer, CancellationToken stop) => Fail(triggers.SendStaffDigestAsync(stop));

    [Function("SendEmail")]
    public Task SendEmail([QueueTrigger("email", Connection = "AzureWebJobsStorage")] string message, CancellationToken stop) => Fail(triggers.SendEmailAsync(message, stop));

    private static async Task Fail(Task<IReadOnlyList<string>> run)
    {
        if ((await run).Count is > 0 and var failed)
            throw new InvalidOperationException($"The run has failed for {failed} items; the rest is done.");
    }
}
