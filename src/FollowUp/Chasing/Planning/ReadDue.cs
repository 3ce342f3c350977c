using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Reads what of an organisation may have a step to take, and does what comes before steps: it sees a move through, ends
/// a pause that has run out, and gives to staff what has no step left.
/// </summary>
internal sealed class ReadDue(RegisterTable register, ResumeRecommendation resume, RestWithStaff rest, ReassignRecommendation reassign)
{
    public async Task<IReadOnlyList<(Row<Recommendation> Row, Person LeadInspector)>> RunAsync(Organisation organisation, IReadOnlySet<RecommendationId> due, PlanRun run, CancellationToken stop)
    {
        var context = run.Context;
        var unreadable = new List<UnreadableRow>();
        var states = new List<(Row<Recommendation>, Person)>();
        await foreach (var row in register.RowsOfAsync(organisation.Id, due, stop, unreadable))
        {
            // An event, the map or the inspection may be unreadable, or a pause not be ended: it stops this recommendation and no other of the organisation
            await run.TryAsync(row.Value.Id.ToString(), async () =>
            {
                if (await TakesStepsAsync(row.Value, organisation, context.Situation, stop))
                {
                    states.Add((row, (await context.InspectionAsync(row.Value.Id.Inspection, stop)).LeadInspector));
                }
            });
        }

        run.AddUnreadable(unreadable);
        return states;
    }

    /// <summary>Whether a step may be due; what comes before steps is done here.</summary>
    private async Task<bool> TakesStepsAsync(Recommendation state, Organisation organisation, Situation situation, CancellationToken stop)
    {
        if (state.Move is { } move)
        {
            await (move.Arrived ? reassign.LeadOnAsync(state.OrganisationId, state.Id, stop) : reassign.CarryOnAsync(state.OrganisationId, state.Id, stop));
            return false;
        }

        if (organisation.HasEndedOn(situation.Today))
        {
            // Nobody there is told anything any more, whatever is due
            return state.Ask.IsOpen;
        }

        if (await resume.RunAsync(state, situation, stop) || await rest.RunAsync(state, situation, stop))
        {
            // Resuming moves the deadline, and the steps that count are those after today; what rests takes none.
            return false;
        }

        return LadderRule.Decide(situation.Ladder, state.Ask, situation.Today, situation.Calendar) is { Due: not null } or { Waits: not null };
    }
}
