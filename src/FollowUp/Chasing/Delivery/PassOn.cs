using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Chasing;

/// <summary>
/// Passes what an email had to say on to the next person in line, in the transaction that records that its own
/// recipient cannot be reached. The message that is passed on says so itself, so that it happens once.
/// </summary>
internal sealed class PassOn(RegisterTable register, StandingItems standing, MessageHints hints, EmailBell bell, FindDay findDay)
{
    /// <summary>Adds the next person's message to the transaction, if there is somebody and something left to say.</summary>
    /// <returns>Where that message will be; null when there is none.</returns>
    public async Task<MessagePlace?> AddAsync(Egt egt, Row<Message> row, ChaseContext context, CancellationToken stop)
    {
        var failed = row.Value;
        // Nobody knows who comes next: SendGrid tells of it again, and a sender's claim lapses
        context.Situation.Directory.RequireReadable(failed.OrganisationId);
        if (!Passes(failed) || context.Situation.Directory.Find(failed.OrganisationId) is not { } organisation)
        {
            return null;
        }

        var items = (await standing.ReadAsync(failed, context, stop)).All;
        if (items.Count == 0)
        {
            return null;
        }

        var left = failed with { Items = items };
        var lead = await LeadAsync(left, context, stop);
        var rows = await register.MessagesByKeyAsync(failed.OrganisationId, context.Situation.Today.AddDays(-DeliveryRule.DaysBack), stop);
        if (NextInLine.Decide(left, organisation, context, lead, rows, (r, day) => KeyOf(row, r, day)) is not { } stand)
        {
            return null;
        }

        // When its day has come to the limit, it goes on the next working day
        var on = failed.IsChasing ? await findDay.RunAsync(stand.Recipient, stand.On, rows, context.Situation, stop) : stand.On;
        return await WriteAsync(egt, left with { Items = stand.Items }, stand.Recipient, on, KeyOf(row, stand.Recipient, on), rows, context.Situation, stop);
    }

    public Task RingAsync(MessagePlace place, CancellationToken stop) => bell.RingAsync([place], stop);

    /// <summary>Receipts, codes and links are for one person alone; what asks for something is passed on.</summary>
    private static bool Passes(Message failed) => failed.ReplacedBy is null && (failed.IsChasing || failed.Kind is MessageKind.Change or MessageKind.Decision);

    /// <summary>The lead of an inspection that it is about; whom it did not reach only where there is no other.</summary>
    private static async Task<Person> LeadAsync(Message failed, ChaseContext context, CancellationToken stop)
    {
        var leads = new List<Person>();
        foreach (var inspection in failed.Items.Select(i => i.Recommendation.Inspection).Distinct())
        {
            leads.AddRange(await context.FindInspectionAsync(inspection, [], stop) is { LeadInspector: var lead } ? [lead] : []);
        }

        return leads.Find(l => l.Email != failed.Recipient.Email) ?? leads.FirstOrDefault(context.Mailbox);
    }

    private async Task<MessagePlace> WriteAsync(Egt egt, Message left, Recipient recipient, DateOnly on, string key, KeyedMessages rows, Situation situation, CancellationToken stop)
    {
        var present = rows.Find(key);
        var message = present is not null ? ChasePlan.Join(present.Value, left.Items, left.Kind)
            : Message.New(on, left.OrganisationId, left.Kind, recipient, left.Items, situation.Now) with { Letter = left.Letter, InsteadOf = left.InsteadOf ?? left.Mid };
        var place = new MessagePlace(message.Mid, message.OrganisationId, key);
        await hints.LeadToAsync(place, stop);
        egt.Put(present, key, message);
        return place;
    }

    /// <summary>The key of the message to somebody else: the day's one for chasing, and for a letter that of the same event.</summary>
    private static string KeyOf(Row<Message> failed, Recipient recipient, DateOnly day) => failed.Value.IsChasing
        ? RegisterTable.ChasingKey(recipient, day)
        : RegisterTable.ChasingKey(recipient, failed.Value.On) + failed.RowKey[RegisterTable.ChasingKey(recipient, day).Length..];
}
