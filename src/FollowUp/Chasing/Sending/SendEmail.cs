using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Telemetry;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Sends one message, if its row says so. The row is claimed under its ETag with a lease and the link minted in the
/// same transaction; then one POST; then the outcome is recorded. A crash at any point leaves a row from which the
/// next ring goes on: before the claim nothing has happened; after it the message counts as unknown when the lease
/// has lapsed, and the webhook or one later resend settles it.
/// </summary>
internal sealed partial class SendEmail(
    RegisterTable register,
    StandingItems standing,
    SetAside setAside,
    HandOver handOver,
    ClaimMessage claim,
    KnownContext known,
    LetterPress press,
    SendGridSender sender,
    RecordSending record,
    BrakesTable brakes,
    IOptions<ChasingSettings> chasing,
    IOptions<EmailSettings> email,
    IHostEnvironment environment,
    IClock clock,
    TimeProvider real,
    ILogger<SendEmail> logger)
{
    /// <summary>Looks at the message that the bell rang for, and sends it if it is its time.</summary>
    public async Task RunAsync(EmailRing ring, CancellationToken stop)
    {
        using var trail = Trail.Follow("send", ring.Mid);
        var row = await register.FindMessageAsync(ring.Organisation, ring.Row, stop);
        if (row is null || row.Value.Mid != ring.Mid)
        {
            SendEmailLog.NoSuchMessage(logger, ring.Mid);
            return;
        }

        // What is read from here on is good for as long as a claim may be used, however long this process sleeps in between.
        var began = real.GetUtcNow();
        var (pulled, stamp) = await brakes.ReadWithStampAsync(stop);
        var context = await known.RunAsync(stamp, stop);
        var situation = context.Situation;
        var mayChase = chasing.Value.MaySendAt(situation.Now, situation.Calendar);
        switch (SendRule.Decide(row.Value, situation.Now, real.GetUtcNow(), situation.Today, mayChase))
        {
            case SendDecision.MarkUnknown:
                await record.UnknownAsync(row, "The sender ended before the outcome was recorded.", context, stop);
                break;
            case SendDecision.GiveUp:
                await record.GaveUpAsync(row, "Nobody knows whether it arrived: it was sent twice, and SendGrid has confirmed neither.", context, stop);
                break;
            case SendDecision.Send when SendRule.IsOfNoUse(row.Value, situation.Now):
                await record.EndedAsync(row, MessageStatus.Withdrawn, "Whoever asked for the code does not wait for it any more.", context, stop);
                break;
            case SendDecision.Send:
                await SendAsync(row, pulled, began, context, stop);
                break;
        }
    }

    private async Task SendAsync(Row<Message> row, Row<Brakes>? pulled, DateTimeOffset began, ChaseContext context, CancellationToken stop)
    {
        var message = row.Value;
        if (!MayGoTo(message.Recipient.Email))
        {
            await record.EndedAsync(row, MessageStatus.Withheld, "Its domain is not on the list that this environment may write to.", context, stop, Told.Reached);
            return;
        }

        if (context.Situation.Directory.IsUnreadable(message.OrganisationId))
        {
            SendEmailLog.CannotRead(logger, message.Mid);
            return;
        }

        if (message.IsChasing && context.Situation.Directory.Find(message.OrganisationId)?.HasEndedOn(context.Situation.Today) == true)
        {
            await record.EndedAsync(row, MessageStatus.Cancelled, "The organisation has ended since it was planned.", context, stop, Told.TakenBack);
            return;
        }

        var (items, unread, held) = await standing.ReadAsync(message, context, stop);
        if (items.Count == 0 && held.Count == 0 && unread.Count > 0)
        {
            // Nobody can tell what it should say, so it waits: tomorrow's takes it over
            SendEmailLog.CannotRead(logger, message.Mid);
            return;
        }

        if (items.Count == 0 && held.Count == 0 && message.Items.Count > 0)
        {
            await record.EndedAsync(row, MessageStatus.Cancelled, "What it was about has changed since it was planned.", context, stop);
            return;
        }

        if (message.Letter is { } letter && items is [var (about, state)])
        {
            var left = SupersededRule.Left(letter, about, state.Value, context.Situation.Today);
            if (left is null)
            {
                await record.EndedAsync(row, MessageStatus.Cancelled, SupersededRule.Why(about, state.Value), context, stop);
                return;
            }

            if (left != letter)
            {
                // It is kept with the claim
                message = message.Tell(context.Situation.Now, "shortened", SupersededRule.Why(about, state.Value)) with { Letter = left };
                row = row with { Value = message };
            }
        }

        var leads = await LeadsAsync(message, context, stop);
        if (SendRule.WhyNot(message, [context.Mailbox, .. leads.Values], context.Situation.Directory, context.Suspended, context.Situation.Today) is { } why && message.Kind != MessageKind.Receipt)
        {
            await record.PassedOnAsync(row, MessageStatus.Cancelled, why, context, stop);
            return;
        }

        if (SendRule.OfOthers(message, leads, context.Mailbox) is { Count: > 0 } others)
        {
            if (await handOver.RunAsync(row, others, context, stop) is { } theirs)
            {
                await SendAsync(theirs, pulled, began, context, stop);
            }

            return;
        }

        if (items.Count == 0 && held.Count > 0)
        {
            await setAside.RunAsync(row, [.. unread, .. held], context.Situation, stop);
            return;
        }

        var (mayLeave, trying) = await brakes.MayLeaveAsync(pulled, stop);
        if (!mayLeave)
        {
            SendEmailLog.Stopped(logger, message.Mid);
            return;
        }

        if (unread.Count + held.Count > 0 && message.IsChasing)
        {
            if (await setAside.RunAsync(row, [.. unread, .. held], context.Situation, stop) is not { } rest)
            {
                return;
            }

            row = rest;
        }

        // Whoever called may go away, as a host does that ends: what is claimed is seen through, since every step has a time-out of its own
        if (await claim.RunAsync(row, [.. items.Select(i => i.Item)], context.Situation.Ladder, stop) is var (claimed, secret))
        {
            await PostAsync(claimed, items, secret, new Leave(pulled, trying), began, context, CancellationToken.None);
        }
    }

    /// <summary>Who leads the inspections that a message to staff is about. Where one cannot be read, whoever it was planned for.</summary>
    private static async Task<IReadOnlyDictionary<InspectionId, Person>> LeadsAsync(Message message, ChaseContext context, CancellationToken stop)
    {
        var leads = new Dictionary<InspectionId, Person>();
        foreach (var inspection in message.Recipient.Relation == Relation.Staff ? message.Items.Select(i => i.Recommendation.Inspection).Distinct() : [])
        {
            leads[inspection] = (await context.FindInspectionAsync(inspection, [], stop))?.LeadInspector ?? new Person(message.Recipient.Name, message.Recipient.Email);
        }

        return leads;
    }

    private async Task PostAsync(Row<Message> claimed, IReadOnlyList<(MessageItem Item, Row<Recommendation> State)> items, Secret secret, Leave leave, DateTimeOffset began, ChaseContext context, CancellationToken stop)
    {
        var message = claimed.Value;
        if (await PrintAsync(claimed, items, secret, context, stop) is not { } rendered)
        {
            return;
        }

        if (began + (chasing.Value.Lease / 2) < real.GetUtcNow() || message.IsChasing && !chasing.Value.MaySendAt(clock.UtcNow, context.Situation.Calendar))
        {
            SendEmailLog.ClaimTooOld(logger, message.Mid);
            await record.OutcomeAsync(claimed, rendered.Subject, new SendOutcome(SendResult.NeverLeft, "It was too late to send it on what was known."), [], context, stop);
            return;
        }

        var outcome = await sender.SendAsync(
            new OutgoingEmail(message.Mid, Json.Word(message.Kind), new Person(message.Recipient.Name, message.Recipient.Email), rendered.Subject, rendered.Html, rendered.Text), stop);
        // What SendGrid says after the colon may quote the address
        SendEmailLog.Sent(logger, message.Mid, outcome.Result, outcome.Reason.Split(':')[0]);
        await record.OutcomeAsync(claimed, rendered.Subject, outcome, [.. items.Select(i => i.State)], context, stop);
        if (outcome.Result == SendResult.Accepted)
        {
            await brakes.TakenAsync(leave.IsTry, leave.Known, stop);
        }
    }

    /// <summary>What cannot be written has not left: it is tried again later, and counts as no attempt.</summary>
    private async Task<RenderedEmail?> PrintAsync(Row<Message> claimed, IReadOnlyList<(MessageItem Item, Row<Recommendation> State)> items, Secret secret, ChaseContext context, CancellationToken stop)
    {
        try
        {
            return await press.PrintAsync(claimed.Value, [.. items.Select(i => (i.Item, i.State.Value))], context, secret, stop);
        }
        catch (Exception failure)
        {
            // Whatever it is, the claim is ours and nothing has left: only what is recorded now lets it go later
            SendEmailLog.NotWritten(logger, claimed.Value.Mid, failure);
            await record.OutcomeAsync(claimed, "", new SendOutcome(SendResult.NeverLeft, "The email could not be written or its copy not kept."), [], context, stop);
            return null;
        }
    }

    /// <summary>On what word an email leaves: the brakes as they were read, and whether it is the one try while our account is refused.</summary>
    private readonly record struct Leave(Row<Brakes>? Known, bool IsTry);

    private bool MayGoTo(EmailAddress address) => environment.IsProduction() || email.Value.AllowedDomains.Any(address.IsIn);

    private static partial class SendEmailLog
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The bell rang for {Mid}, and there is no such message.")]
        public static partial void NoSuchMessage(ILogger logger, string mid);

        [LoggerMessage(Level = LogLevel.Error, Message = "The email {Mid} could not be written; it is tried again later.")]
        public static partial void NotWritten(ILogger logger, string mid, Exception failure);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A row that {Mid} needs cannot be read; it waits.")]
        public static partial void CannotRead(ILogger logger, string mid);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Sending is stopped; {Mid} waits.")]
        public static partial void Stopped(ILogger logger, string mid);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The claim to {Mid} is too old to be used; its message was not sent.")]
        public static partial void ClaimTooOld(ILogger logger, string mid);

        [LoggerMessage(Level = LogLevel.Information, Message = "Sending {Mid} ended as {Result}: {Reason}")]
        public static partial void Sent(ILogger logger, string mid, SendResult result, string reason);
    }
}
