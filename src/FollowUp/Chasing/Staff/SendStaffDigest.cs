using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Writes to the inspectorate's own people on working mornings: to each lead inspector about their inspections, and to
/// the mailbox about everything. The day and the recipient are the message's key, so that it goes once.
/// </summary>
internal sealed class SendStaffDigest(ReadChaseContext readContext, RegisterTable register, Hints hints, MessageHints messageHints, TasksTable tasks, ReportUnreadable report, EmailBell bell, RunsTable runs, IOptions<ChasingSettings> settings, IClock clock, ILogger<SendStaffDigest> logger)
{
    public const string Job = "SendStaffDigest";

    /// <summary>Does what the morning's own run has not done, as it failed or was missed.</summary>
    /// <returns>What failed; nothing when there was nothing to do.</returns>
    public async Task<IReadOnlyList<string>> CatchUpAsync(CancellationToken stop)
    {
        var unreadable = new List<UnreadableRow>();
        var last = await runs.FindAsync(Job, unreadable, stop);
        return unreadable.Count == 0 && CatchUpRule.IsDue(last, clock.UtcNow) && settings.Value.MaySendAt(clock.UtcNow, (await readContext.RunAsync(stop)).Situation.Calendar) ? await RunAsync(stop) : [];
    }

    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken stop)
    {
        var (startedAt, failures, planned) = (clock.UtcNow, new RunFailures(Job, logger, stop), new List<MessagePlace>());
        var rests = false;
        await failures.TryAsync("the morning", async () =>
        {
            var context = await readContext.RunAsync(stop);
            rests = !context.Situation.Calendar.IsWorkingDay(context.Situation.Today);
            if (!rests)
            {
                await PlanAsync(context, planned, failures, stop);
            }
        });
        if (rests)
        {
            return [];
        }

        await report.RunAsync(failures.Unreadable, stop);
        await bell.RingAsync(planned, stop);
        var before = await runs.FindAsync(Job, [], stop) is { } last && last.StartedAt.LondonDate() == startedAt.LondonDate() ? last.Planned : 0;
        await runs.WriteAsync(
            new JobRun { Job = Job, StartedAt = startedAt, FinishedAt = clock.UtcNow, Planned = before + planned.Count, Failures = [.. failures.All.Take(20)], IsUnfinished = failures.HasOthers }, stop);
        return failures.All;
    }

    private async Task PlanAsync(ChaseContext context, List<MessagePlace> planned, RunFailures failures, CancellationToken stop)
    {
        failures.Add(context.Unreadable);
        var things = await GatherAsync(context, failures, stop);
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
        var leads = new HashSet<(OrganisationId Of, Person Lead)>();
        var seen = new HashSet<(OrganisationId, RecommendationId)>();
        foreach (var worklist in new[] { Worklist.AwaitingReview, Worklist.Open })
        {
            await foreach (var (of, id) in hints.WorklistAsync(worklist, stop))
            {
                if (seen.Add((of, id)))
                {
                    await failures.TryAsync(id.ToString(), async () => things.AddRange(await AboutAsync(of, id, leads, context, stop)));
                }
            }
        }

        foreach (var task in await tasks.OpenTasksAsync(stop))
        {
            var its = LeadsRule.InspectionOf(task) is { } about
                ? [(await context.FindInspectionAsync(about, unreadable, stop))?.LeadInspector]
                : LeadsRule.Of(task, leads);
            things.AddRange(its.DefaultIfEmpty().Select(lead => new DigestThing(DigestSection.Tasks, $"{task.What}. {task.Why}", task.Since.LondonDate(), lead)));
        }

        failures.Add(unreadable);
        return things;
    }

    private async Task<IReadOnlyList<DigestThing>> AboutAsync(OrganisationId of, RecommendationId id, HashSet<(OrganisationId Of, Person Lead)> leads, ChaseContext context, CancellationToken stop)
    {
        if (await register.FindAsync(of, id, stop) is not { Value: { Move: null } state } || context.Situation.Directory.Find(of) is not { } organisation)
        {
            return [];
        }

        var inspection = await context.InspectionAsync(id.Inspection, stop);
        if (state.Ask.IsOpen)
        {
            leads.Add((of, inspection.LeadInspector));
        }

        // What is planned and held has still to go up when the hold has ended
        var today = context.Situation.Today;
        IReadOnlyList<Message> waiting = state.Ask.IsUpwardHeldOn(today)
            ? await register.MessagesAsync(of, today, stop, []).Select(row => row.Value).Where(m => m is { IsChasing: true, IsSettled: false }).ToListAsync(stop)
            : [];
        return [.. DigestRule.About(state, organisation, inspection, context, waiting)];
    }

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
