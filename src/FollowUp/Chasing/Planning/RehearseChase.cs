using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Does what the chase does, by the same rules and from the same agenda, but writes nothing and rings for nothing, so
/// that staff can look before they let it go.
/// </summary>
internal sealed class RehearseChase(ReadChaseContext readContext, Hints hints, RegisterTable register, RehearseWaiting rehearseWaiting, IssueInspection issue, KeepSendingSafe safe, IOptions<ChasingSettings> settings)
{
    public async Task<Rehearsal> RunAsync(CancellationToken stop)
    {
        var context = await readContext.RunAsync(stop);
        var situation = context.Situation;
        var agenda = new List<AgendaEntry>();
        await foreach (var entry in hints.AgendaUpToAsync(situation.Today, stop))
        {
            agenda.Add(entry);
        }

        var (emails, waiting, failures, planned) = (new List<RehearsedEmail>(), new List<RehearsedWait>(), new List<string>(), new HashSet<string>());
        var sending = await safe.ShowAsync(stop);
        var unreadable = new List<UnreadableRow>();
        var already = await rehearseWaiting.RunAsync(context, unreadable, stop);
        var room = sending.Limit - sending.Planned - RehearseWaiting.BegunToday(already, situation.Today);
        var due = agenda.Where(e => e.Organisation is not null).GroupBy(e => e.Organisation!.Value).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal);
        foreach (var ofOne in due)
        {
            var ids = ofOne.Select(e => new RecommendationId(e.Inspection, e.Number!.Value)).ToHashSet();
            room -= await RehearseAsync(ofOne.Key, ids, context, room, emails, waiting, failures, planned, stop);
        }

        AddWaiting(already, emails, planned, situation);
        var toIssue = await ToIssueAsync(agenda, situation, unreadable, stop);
        return new Rehearsal(situation.Now, WhyNot(situation, sending), emails, waiting, toIssue, [.. failures.Concat(unreadable.Select(row => row.ToString())).Distinct()]);
    }

    /// <returns>How many new chasing emails it takes of the day's.</returns>
    private async Task<int> RehearseAsync(
        OrganisationId id, HashSet<RecommendationId> due, ChaseContext context, int room, List<RehearsedEmail> emails, List<RehearsedWait> waiting, List<string> failures, HashSet<string> planned, CancellationToken stop)
    {
        var situation = context.Situation;
        if (situation.Directory.Find(id) is not { } organisation)
        {
            failures.Add(situation.Directory.WhyNot(id));
            return 0;
        }

        var (states, unreadable) = (new List<(Row<Recommendation> Row, Person LeadInspector)>(), new List<UnreadableRow>());
        await foreach (var row in register.RowsOfAsync(id, due, stop, unreadable))
        {
            if (row.Value.Move is not null)
            {
                continue;
            }

            if (Before(row.Value, organisation, situation) is { } why)
            {
                waiting.Add(new RehearsedWait(row.Value.Id.ToString(), why));
            }
            else if (await context.FindInspectionAsync(row.Value.Id.Inspection, unreadable, stop) is { } inspection)
            {
                states.Add((row, inspection.LeadInspector));
            }
        }

        failures.AddRange(unreadable.Distinct().Select(row => row.ToString()));

        var today = await register.MessagesByKeyAsync(id, situation.Today, stop);
        failures.AddRange(today.Unreadable.Select(row => row.ToString()));
        var plan = ChasePlan.Make(organisation, states, today, situation, context.Suspended, context.Mailbox);
        waiting.AddRange(plan.Held.Select(h => new RehearsedWait(h.Id.ToString(), h.Why)));
        var more = plan.Messages.Count(m => today.Find(m.Key) is null);
        if (more > room)
        {
            waiting.AddRange(plan.Steps.Select(s => new RehearsedWait(s.After.Id.ToString(), "Today’s limit of chasing emails has been reached.")));
            return 0;
        }

        planned.UnionWith(plan.Messages.Select(m => m.Message.Mid));
        emails.AddRange(plan.Messages.Select(m => Email(m.Message, situation, waits: false)));
        return more;
    }

    /// <summary>What the chase does about a recommendation before it takes steps; null when it goes on to them.</summary>
    private static string? Before(Recommendation state, Organisation organisation, Situation situation)
    {
        if (state.Ask.IsOpen && organisation.HasEndedOn(situation.Today))
        {
            return $"{organisation.Name} has ended, so it is not chased. Staff have a task.";
        }

        if (state.Ask is { IsOpen: true, PausedUntil: { } until } && until < situation.Today)
        {
            return $"Its pause ended on {until.InWords()}: chasing goes on, and its contacts are told of the new deadline.";
        }

        return LadderRule.Decide(situation.Ladder, state.Ask, situation.Today, situation.Calendar).Ends
            ? "No step is left: it rests with staff, who get a task."
            : null;
    }

    /// <summary>Emails that nobody has sent yet. Those that new steps join are among the planned ones already, and so is what today's email to the same person takes over.</summary>
    private static void AddWaiting(IReadOnlyList<Message> waiting, List<RehearsedEmail> emails, HashSet<string> planned, Situation situation)
    {
        foreach (var message in waiting.Where(m => !planned.Contains(m.Mid)).OrderByDescending(m => m.On))
        {
            var email = Email(message, situation, waits: true);
            var same = message.IsChasing ? emails.FindIndex(e => e.OrganisationId == email.OrganisationId && e.To.Email == email.To.Email && IsChasing(e.Kind)) : -1;
            if (same < 0)
            {
                emails.Add(email);
            }
            else
            {
                var into = emails[same];
                emails[same] = into with { Kind = into.Kind > email.Kind ? into.Kind : email.Kind, About = [.. into.About, .. email.About.Where(a => into.About.All(i => i.RecommendationId != a.RecommendationId))] };
            }
        }
    }

    private static bool IsChasing(MessageKind kind) => kind is MessageKind.Notice or MessageKind.Reminder or MessageKind.Overdue or MessageKind.Escalation;

    private async Task<IReadOnlyList<string>> ToIssueAsync(List<AgendaEntry> agenda, Situation situation, List<UnreadableRow> unreadable, CancellationToken stop)
    {
        var toIssue = new List<string>();
        foreach (var inspection in agenda.Where(e => e.Organisation is null).Select(e => e.Inspection).Distinct())
        {
            if (await issue.FindAsync(inspection, stop, unreadable) is { Stage: InspectionStage.Scheduled or InspectionStage.Issuing } found && found.PublishedOn <= situation.Today)
            {
                toIssue.Add(inspection.ToString());
            }
        }

        return toIssue;
    }

    private string? WhyNot(Situation situation, SendingView sending) => sending switch
    {
        { KillSwitch: { } stopped } => $"{stopped.By} has stopped all sending: {stopped.Why}",
        { Refusal: not null } => "SendGrid refuses our account: one email is tried every few minutes.",
        _ when settings.Value.WorkingDaysOnly && !situation.Calendar.IsWorkingDay(situation.Today) => "Today is not a working day: chasing emails leave on the next one.",
        _ when !settings.Value.MaySendAt(situation.Now, situation.Calendar) => $"Chasing emails leave between {settings.Value.Hours[..5]} and {settings.Value.Hours[6..]} only.",
        _ => null,
    };

    private static RehearsedEmail Email(Message message, Situation situation, bool waits) => new(
        message.OrganisationId.ToString(),
        message.Kind,
        OutlookRecipient.To(message.Recipient),
        [.. message.Items.Select(i => new RehearsedItem(i.Recommendation.ToString(), situation.Ladder.Find(i.Step)?.Name))],
        waits);
}
