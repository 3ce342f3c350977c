using FollowUp.Recommendations;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Puts every ask on the agenda where another ladder or calendar has its next step, before that ladder or calendar
/// holds: the chase must not wait for the sweep to learn of it.
/// </summary>
internal sealed class RefreshAgenda(Hints hints, IOptions<ChasingSettings> settings)
{
    public Task RunAsync(OpenAsks asks, CancellationToken stop) => Parallel.ForEachAsync(
        asks.All,
        new ParallelOptions { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current },
        async (ask, token) =>
        {
            var situation = asks.Context.Situation;
            if (LadderRule.NextOn(situation.Ladder, ask.State.Ask, situation.Calendar) is { } next)
            {
                await hints.RememberAsync(next, ask.State.OrganisationId, ask.State.Id, token);
            }
        });
}
