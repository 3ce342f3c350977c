using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>A step that will be taken on a day if nothing changes.</summary>
public sealed record OutlookEntry(DateOnly On, string Step, string OrganisationId, IReadOnlyList<string> RecommendationIds, IReadOnlyList<OutlookRecipient> Recipients);

/// <summary>Somebody who will be written to.</summary>
public sealed record OutlookRecipient(string Name, string Email, Relation Relation);

/// <summary>Works out what will be sent if nobody answers and nothing changes, by playing the ladder forward day by day.</summary>
internal sealed class ReadOutlook(ReadChaseContext readContext, RegisterTable register)
{
    public const int MostDays = 400;

    public async Task<IReadOnlyList<OutlookEntry>> RunAsync(int days, CancellationToken stop)
    {
        var context = await readContext.RunAsync(stop);
        var coming = new List<(DateOnly On, LadderStep Step, Recommendation State, IReadOnlyList<Recipient> Recipients)>();
        foreach (var organisation in context.Situation.Directory.All)
        {
            await foreach (var row in register.RecommendationsOfAsync(organisation.Id, stop))
            {
                if (row.Value.Ask.IsOpen)
                {
                    var inspection = await context.InspectionAsync(row.Value.Id.Inspection, stop);
                    coming.AddRange(OutlookRule.Play(row.Value, organisation, inspection, context, days));
                }
            }
        }

        return
        [
            .. from c in coming
               group c by (c.On, c.Step.Number, c.State.OrganisationId) into step
               orderby step.Key.On, step.Key.OrganisationId.ToString(), step.Key.Number
               select new OutlookEntry(
                   step.Key.On,
                   step.First().Step.Name,
                   step.Key.OrganisationId.ToString(),
                   [.. step.Select(s => s.State.Id.ToString()).Order(StringComparer.Ordinal)],
                   [.. step.SelectMany(s => s.Recipients).DistinctBy(r => r.Email).Select(r => new OutlookRecipient(r.Name, r.Email.ToString(), r.Relation))]),
        ];
    }
}

/// <summary>Plays the ladder of one ask forward.</summary>
internal static class OutlookRule
{
    public static IEnumerable<(DateOnly On, LadderStep Step, Recommendation State, IReadOnlyList<Recipient> Recipients)> Play(
        Recommendation state, Organisation organisation, Inspection inspection, ChaseContext context, int days)
    {
        var situation = context.Situation;
        if (state.Ask.Ladder.Awaits is { } underWay)
        {
            // What is on its way is taken to arrive today.
            var warns = situation.Ladder.Find(underWay) is { Offset: null or < 0 };
            state = state with { Ask = LadderRule.Accepted(situation.Ladder, state.Ask, underWay, warns, situation.Today) };
        }

        for (var day = situation.Today; day <= situation.Today.AddDays(days); day = day.AddDays(1))
        {
            if (organisation.HasEndedOn(day))
            {
                yield break;
            }

            if (!situation.Calendar.IsWorkingDay(day))
            {
                continue;
            }

            if (state.Ask.PausedUntil < day)
            {
                var resumed = DeadlineCommands.Resume(state, situation with { Today = day });
                state = resumed.Value?.State ?? state;
            }

            if (LadderRule.Decide(situation.Ladder, state.Ask, day, situation.Calendar).Due is not { } step)
            {
                continue;
            }

            var recipients = Audience.Of(step, organisation, situation.Directory, inspection.LeadInspector, context.Mailbox, context.Suspended, day).Recipients;
            yield return (day, step, state, recipients);
            state = state with { Ask = LadderRule.Foreseen(situation.Ladder, state.Ask, step, day) };
        }
    }
}
