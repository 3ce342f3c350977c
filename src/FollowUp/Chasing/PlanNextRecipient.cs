using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Takes the next recipient of a step when the one it was written to cannot be reached: those whom the step reaches
/// now, without the suspended address, and who have not had it. Repeating it changes nothing, since their messages are
/// found; a crash before the writing is repaired when the event about the bounce comes again.
/// </summary>
internal sealed class PlanNextRecipient(ReadChaseContext readContext, RegisterTable register, Hints hints, TasksTable tasks, EmailBell bell)
{
    private const int Tries = 5;

    public async Task RunAsync(Message unreached, CancellationToken stop)
    {
        if (!unreached.IsChasing)
        {
            return;
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var context = await readContext.RunAsync(stop);
            if (context.Situation.Directory.Find(unreached.OrganisationId) is not { } organisation || organisation.HasEndedOn(context.Situation.Today))
            {
                return;
            }

            if (await WriteAsync(organisation, await NextAsync(unreached, organisation, context, stop), context, stop))
            {
                return;
            }
        }

        throw new IOException($"The next recipient of message {unreached.Mid} could not be planned: others change the messages of its organisation all the time.");
    }

    private async Task<List<(Recipient Recipient, MessageItem Item, MessageKind Kind)>> NextAsync(Message unreached, Organisation organisation, ChaseContext context, CancellationToken stop)
    {
        var situation = context.Situation;
        var next = new List<(Recipient, MessageItem, MessageKind)>();
        var sent = await SentAsync(unreached, stop);
        foreach (var item in unreached.Items)
        {
            var state = (await register.FindAsync(unreached.OrganisationId, item.Recommendation, stop))?.Value;
            if (situation.Ladder.Find(item.Step) is not { } step || !SendRule.StillHolds(item, state, chasing: true, situation.Today))
            {
                continue;
            }

            var lead = (await context.InspectionAsync(item.Recommendation.Inspection, stop)).LeadInspector;
            var audience = Audience.Of(step, organisation, situation.Directory, lead, context.Mailbox, context.Suspended, situation.Today);
            if (audience.OwnMissing)
            {
                await tasks.OpenAsync(Tasks.NoContact(organisation, situation), stop);
            }

            var reached = sent.Where(m => m.Items.Contains(item)).Select(m => m.Recipient.Email).ToHashSet();
            next.AddRange(audience.Recipients.Where(r => !reached.Contains(r.Email)).Select(r => (r, item, step.Kind)));
        }

        return next;
    }

    private async Task<List<Message>> SentAsync(Message unreached, CancellationToken stop)
    {
        var sent = new List<Message>();
        await foreach (var row in register.MessagesAsync(unreached.OrganisationId, unreached.On, stop))
        {
            if (row.Value.IsChasing && row.Value.Status is not (MessageStatus.Withdrawn or MessageStatus.Cancelled))
            {
                sent.Add(row.Value);
            }
        }

        return sent;
    }

    private async Task<bool> WriteAsync(Organisation organisation, List<(Recipient Recipient, MessageItem Item, MessageKind Kind)> next, ChaseContext context, CancellationToken stop)
    {
        var egt = RegisterTable.Change(organisation.Id);
        var places = new List<MessagePlace>();
        foreach (var digest in next.GroupBy(n => n.Recipient.Email))
        {
            var key = RegisterTable.ChasingKey(digest.First().Recipient, context.Situation.Today);
            var present = await register.FindMessageAsync(organisation.Id, key, stop);
            if (present is not null && !present.Value.TakesMore)
            {
                // One email a day: this person has had today's, and the next step of the ladder reaches them.
                continue;
            }

            var items = digest.Select(n => n.Item).ToList();
            var kind = digest.Max(n => n.Kind);
            var message = present is null ? Fresh(organisation, digest.First().Recipient, items, kind, context.Situation) : ChasePlan.Join(present.Value, items, kind);
            places.Add(new MessagePlace(message.Mid, organisation.Id, key));
            await hints.LeadToMessageAsync(places[^1], stop);
            _ = present is null ? egt.Insert(key, message) : egt.Replace(present, message);
        }

        if (!await register.CommitAsync(egt, stop))
        {
            return false;
        }

        await bell.RingAsync(places, stop);
        return true;
    }

    private static Message Fresh(Organisation organisation, Recipient recipient, IReadOnlyList<MessageItem> items, MessageKind kind, Situation situation) => new()
    {
        Mid = Mid.New(),
        OrganisationId = organisation.Id,
        Kind = kind,
        Recipient = recipient,
        Items = items,
        On = situation.Today,
        PlannedAt = situation.Now,
    };
}
