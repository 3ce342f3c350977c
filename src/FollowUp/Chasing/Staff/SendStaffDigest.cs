using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>
/// Writes to the inspectorate's own people on working mornings: to each lead inspector about their inspections, and to
/// the mailbox about everything. The day and the recipient are the message's key, so that it goes once.
/// </summary>
internal sealed class SendStaffDigest(ReadChaseContext readContext, RegisterTable register, Hints hints, MessageHints messageHints, TasksTable tasks, ReportUnreadable report, EmailBell bell, RunsTable runs, IClock clock, ILogger<SendStaffDigest> logger)
{
    public const string Job = "SendStaffDigest";

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken stop)
    {
        var startedAt = clock.UtcNow;
        var context = await readContext.RunAsync(stop);
        if (!context.Situation.Calendar.IsWorkingDay(context.Situation.Today))
        {
            return [];
        }

        var failures = new RunFailures(Job, logger, stop);
        failures.Add(context.Unreadable);
        var things = await GatherAsync(context, failures, stop);
        var planned = new List<MessagePlace>();
        foreach (var (person, its) in Digests(things, context))
        {
            var digest = StaffDigest.Of(context.Situation.Today, its);
            await failures.TryAsync("the digest of a person", async () =>
            {
                if (!digest.SaysNothing && await PlanAsync(person, digest, context.Situation, stop) is { } place)
                {
                    planned.Add(place);
                }
            });
        }

        await report.RunAsync(failures.Unreadable, stop);
        await bell.RingAsync(planned, stop);
        await runs.WriteAsync(new JobRun { Job = Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Planned = planned.Count, Failures = [.. failures.All.Take(20)] }, stop);
        return failures.All;
    }

    /// <summary>Every lead inspector concerned with what is theirs, if their address takes emails, and the mailbox with all of it.</summary>
    private static IEnumerable<(Person Person, IReadOnlyList<DigestThing> Things)> Digests(List<DigestThing> things, ChaseContext context) =>
    [
        .. from thing in things
           where thing.LeadInspector is { } lead && lead.Email != context.Mailbox.Email && !context.Suspended.Contains(lead.Email)
           group thing by thing.LeadInspector!.Email into its
           select (its.First().LeadInspector!, (IReadOnlyList<DigestThing>)[.. its]),
        (context.Mailbox, things),
    ];

    private async Task<List<DigestThing>> GatherAsync(ChaseContext context, RunFailures failures, CancellationToken stop)
    {
        var (things, unreadable) = (new List<DigestThing>(), new List<UnreadableRow>());
        foreach (var task in await tasks.OpenTasksAsync(stop))
        {
            var lead = task.Recommendation is { } id ? (await context.FindInspectionAsync(id.Inspection, unreadable, stop))?.LeadInspector : null;
            things.Add(new DigestThing(DigestSection.Tasks, $"{task.What}. {task.Why}", task.Since.LondonDate(), lead));
        }

        var seen = new HashSet<(OrganisationId, RecommendationId)>();
        foreach (var worklist in new[] { Worklist.AwaitingReview, Worklist.Open })
        {
            await foreach (var (of, id) in hints.WorklistAsync(worklist, stop))
            {
                if (seen.Add((of, id)))
                {
                    await failures.TryAsync(id.ToString(), async () => things.AddRange(await AboutAsync(of, id, context, stop)));
                }
            }
        }

        failures.Add(unreadable);
        return things;
    }

    private async Task<IReadOnlyList<DigestThing>> AboutAsync(OrganisationId of, RecommendationId id, ChaseContext context, CancellationToken stop) =>
        await register.FindAsync(of, id, stop) is { Value: { Move: null } state } && context.Situation.Directory.Find(of) is { } organisation
            ? [.. DigestRule.About(state, organisation, await context.InspectionAsync(id.Inspection, stop), context)]
            : [];

    private async Task<MessagePlace?> PlanAsync(Person person, StaffDigest digest, Situation situation, CancellationToken stop)
    {
        var recipient = new Recipient(person.Name, person.Email, Relation.Staff);
        var key = RegisterTable.ChasingKey(recipient, situation.Today);
        if (await register.FindMessageAsync(OrganisationId.Staff, key, stop) is not null)
        {
            return null;
        }

        var message = Message.New(situation.Today, OrganisationId.Staff, MessageKind.StaffDigest, recipient, [], situation.Now) with { Letter = Recommendations.Letters.Of(digest) };
        var place = new MessagePlace(message.Mid, message.OrganisationId, key);
        await messageHints.LeadToAsync(place, stop);
        return await register.CommitAsync(RegisterTable.Change(OrganisationId.Staff).Insert(key, message), stop) ? place : null;
    }
}
