using Azure;
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
internal sealed partial class SendStaffDigest(ReadChaseContext readContext, RegisterTable register, Hints hints, MessageHints messageHints, TasksTable tasks, EmailBell bell, RunsTable runs, IClock clock, ILogger<SendStaffDigest> logger)
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

        var failures = new List<string>();
        var things = await GatherAsync(context, failures, stop);
        var planned = new List<MessagePlace>();
        foreach (var (person, its) in Digests(things, context.Mailbox))
        {
            var digest = StaffDigest.Of(context.Situation.Today, its);
            if (!digest.SaysNothing && await PlanAsync(person, digest, context.Situation, stop) is { } place)
            {
                planned.Add(place);
            }
        }

        await bell.RingAsync(planned, stop);
        await runs.WriteAsync(new JobRun { Job = Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Planned = planned.Count, Failures = [.. failures.Take(20)] }, stop);
        return failures;
    }

    /// <summary>Every lead inspector concerned with what is theirs, and the mailbox with all of it.</summary>
    private static IEnumerable<(Person Person, IReadOnlyList<DigestThing> Things)> Digests(List<DigestThing> things, Person mailbox) =>
    [
        .. from thing in things
           where thing.LeadInspector is not null && thing.LeadInspector.Email != mailbox.Email
           group thing by thing.LeadInspector!.Email into its
           select (its.First().LeadInspector!, (IReadOnlyList<DigestThing>)[.. its]),
        (mailbox, things),
    ];

    private async Task<List<DigestThing>> GatherAsync(ChaseContext context, List<string> failures, CancellationToken stop)
    {
        var things = new List<DigestThing>();
        foreach (var task in await tasks.OpenTasksAsync(stop))
        {
            var lead = task.Recommendation is { } id ? (await context.InspectionAsync(id.Inspection, stop)).LeadInspector : null;
            things.Add(new DigestThing(DigestSection.Tasks, $"{task.What}. {task.Why}", task.Since.LondonDate(), lead));
        }

        var seen = new HashSet<RecommendationId>();
        foreach (var worklist in new[] { Worklist.AwaitingReview, Worklist.Open })
        {
            await foreach (var (of, id) in hints.WorklistAsync(worklist, stop))
            {
                if (seen.Add(id))
                {
                    things.AddRange(await AboutAsync(of, id, context, failures, stop));
                }
            }
        }

        return things;
    }

    private async Task<IReadOnlyList<DigestThing>> AboutAsync(OrganisationId of, RecommendationId id, ChaseContext context, List<string> failures, CancellationToken stop)
    {
        try
        {
            return await register.FindAsync(of, id, stop) is { Value: { Move: null } state } && context.Situation.Directory.Find(of) is { } organisation
                ? [.. DigestRule.About(state, organisation, await context.InspectionAsync(id.Inspection, stop), context)]
                : [];
        }
        catch (Exception failure) when (failure is UnreadableRowException or RequestFailedException)
        {
            failures.Add($"{id}: {failure.Message}");
            Log.ItemFailed(logger, id.ToString(), failure);
            return [];
        }
    }

    private async Task<MessagePlace?> PlanAsync(Person person, StaffDigest digest, Situation situation, CancellationToken stop)
    {
        var recipient = new Recipient(person.Name, person.Email, Relation.Staff);
        var place = new MessagePlace(Mid.New(situation.Today), OrganisationId.Staff, RegisterTable.ChasingKey(recipient, situation.Today));
        if (await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is not null)
        {
            return null;
        }

        var message = new Message
        {
            Mid = place.Mid,
            OrganisationId = OrganisationId.Staff,
            Kind = MessageKind.StaffDigest,
            Recipient = recipient,
            Items = [],
            Letter = Recommendations.Letters.Of(digest),
            On = situation.Today,
            PlannedAt = situation.Now,
        };
        await messageHints.LeadToAsync(place, stop);
        return await register.CommitAsync(RegisterTable.Change(OrganisationId.Staff).Insert(place.RowKey, message), stop) ? place : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The staff's digest could not tell of {Item}; the rest is told.")]
        public static partial void ItemFailed(ILogger logger, string item, Exception failure);
    }
}
