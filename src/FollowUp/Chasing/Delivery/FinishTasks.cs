using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>Finishes what staff were asked to do without an email, once it has gone after all, or there is nothing left to say.</summary>
internal sealed class FinishTasks(TasksTable tasks, IClock clock)
{
    /// <summary>It had been given up or refused, and has arrived.</summary>
    public async Task ArrivedAsync(Message message, CancellationToken stop)
    {
        await tasks.FinishAsync(message.OrganisationId, Tasks.EmailKey(message), clock.UtcNow, Actor.Service.Name, stop, message.Mid);
        await tasks.FinishAsync(message.OrganisationId, Tasks.RefusedKey(message), clock.UtcNow, Actor.Service.Name, stop);
    }

    /// <summary>It had waited for so long that staff were told, and SendGrid has taken it, or it is not to go any more.</summary>
    public async Task WaitsNoLongerAsync(Message message, TimeSpan toldAfter, CancellationToken stop)
    {
        // No day has more sending hours than it has hours, so that nobody was told of one that waited less
        if (clock.UtcNow - message.WaitingSince >= toldAfter)
        {
            await tasks.FinishAsync(message.OrganisationId, Tasks.UnsentKey(message, message.WaitingSince), clock.UtcNow, Actor.Service.Name, stop);
        }
    }
}
