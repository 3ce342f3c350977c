using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>
/// Puts every ask on the agenda where another ladder or calendar has its next step, before that ladder or calendar
/// holds: the chase must not wait for the sweep to learn of it.
/// </summary>
internal sealed class RefreshAgenda(Hints hints)
{
    public Task RunAsync(OpenAsks asks, CancellationToken stop)
    {
        var situation = asks.Context.Situation;
        return hints.RememberAsync(
            from ask in asks.All
            let next = LadderRule.NextOn(situation.Ladder, ask.State.Ask, situation.Calendar)
            where next is not null
            select new AgendaEntry(next.Value, ask.State.OrganisationId, ask.State.Id.Inspection, ask.State.Id.Number),
            stop);
    }
}
