using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Records what became of a message, under the ETag of its row. When the webhook was faster, the row is read again and
/// the outcome added to what it says by then.
/// </summary>
internal sealed class RecordSending(RegisterTable register, MessageHints hints, TasksTable tasks, PassOn passOn, RecordAcceptance acceptance, BrakesTable brakes, IOptions<ChasingSettings> settings, IClock clock)
{
    private const int Tries = 6;

    public async Task OutcomeAsync(Row<Message> claimed, string subject, SendOutcome outcome, IReadOnlyList<Row<Recommendation>> states, ChaseContext context, CancellationToken stop)
    {
        switch (outcome.Result)
        {
            case SendResult.Accepted:
                await AcceptedAsync(claimed, subject, outcome, states, context, stop);
                break;
            case SendResult.RefusedForGood:
                await PassedOnAsync(claimed, MessageStatus.Failed, outcome.Reason, context, stop);
                break;
            case SendResult.Unknown:
                await UnknownAsync(claimed, outcome.Reason, context, stop);
                break;
            default:
                await TryLaterAsync(claimed, outcome, stop);
                break;
        }
    }

    /// <summary>The outcome is not known: the webhook has half an hour to settle it before the one resend. If it was faster, it is settled.</summary>
    public Task UnknownAsync(Row<Message> row, string why, ChaseContext context, CancellationToken stop) => ChangeAsync(
        row,
        m => !IsSame(m, row) ? null
            : m.Timeline.Any(t => t.EventId is not null) ? m.Tell(clock.UtcNow, "accepted", "SendGrid’s events say so.") with { Status = MessageStatus.Accepted, LeaseUntil = null, NotBefore = null }
            : m.Tell(clock.UtcNow, "unknown", why) with { Status = MessageStatus.Unknown, LeaseUntil = null, NotBefore = clock.UtcNow + settings.Value.UnknownWaits },
        stop,
        (egt, after) => after.Status == MessageStatus.Accepted ? acceptance.AddAsync(egt, after, context.Situation, null, stop) : Task.CompletedTask);

    /// <summary>Nobody knows whether it arrived, and it is not sent again: a person of the staff is told, and the ladder goes on.</summary>
    public async Task GaveUpAsync(Row<Message> row, string why, ChaseContext context, CancellationToken stop)
    {
        await tasks.OpenAsync(Tasks.EmailFailed(row.Value, why, clock.UtcNow), stop);
        await EndedAsync(row, MessageStatus.Failed, why, context, stop);
    }

    /// <summary>It cannot reach its recipient: the next in line gets what it had to say, and a person of the staff is told.</summary>
    public async Task PassedOnAsync(Row<Message> row, MessageStatus status, string why, ChaseContext context, CancellationToken stop)
    {
        MessagePlace? next = null;
        await tasks.OpenAsync(Tasks.EmailFailed(row.Value, why, clock.UtcNow), stop);
        for (var attempt = 0; attempt < Tries && !row.Value.IsSettled; attempt++)
        {
            var egt = RegisterTable.Change(row.Value.OrganisationId);
            next = await passOn.AddAsync(egt, row, context, stop);
            if (next is null)
            {
                // Nobody is left to take it: the task is what remains, and the ladder goes on.
                await acceptance.AddAsync(egt, row.Value, context.Situation, null, stop, reached: false);
            }

            egt.Replace(row, row.Value.Tell(clock.UtcNow, Word(status), why) with { Status = status, LeaseUntil = null, ReplacedBy = row.Value.ReplacedBy ?? next?.Mid });
            if (await register.CommitAsync(egt, stop))
            {
                break;
            }

            row = await AgainAsync(row, stop);
        }

        await hints.SettledAsync(row.Value.Mid, stop);
        if (next is not null)
        {
            await passOn.RingAsync(next, stop);
        }
    }

    /// <summary>It has come to an end without having been sent, or without anybody knowing; the ladder goes on.</summary>
    public async Task EndedAsync(Row<Message> row, MessageStatus status, string why, ChaseContext context, CancellationToken stop)
    {
        await ChangeAsync(
            row,
            m => m.IsSettled ? null : m.Tell(clock.UtcNow, Word(status), why) with { Status = status, LeaseUntil = null },
            stop,
            (egt, after) => status is MessageStatus.Withheld or MessageStatus.Failed ? acceptance.AddAsync(egt, after, context.Situation, null, stop, reached: status == MessageStatus.Withheld) : Task.CompletedTask);
        await hints.SettledAsync(row.Value.Mid, stop);
    }

    /// <summary>Whether it is still the same claim: somebody who slept must not touch another one's.</summary>
    private static bool IsSame(Message now, Row<Message> claimed) => now.Status == MessageStatus.Claimed && now.LeaseUntil == claimed.Value.LeaseUntil;

    private static string Word(MessageStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private async Task AcceptedAsync(Row<Message> claimed, string subject, SendOutcome outcome, IReadOnlyList<Row<Recommendation>> states, ChaseContext context, CancellationToken stop)
    {
        var known = states;
        await ChangeAsync(
            claimed,
            m => m.Status == MessageStatus.Accepted && m.Subject is not null ? null
                : m.Tell(clock.UtcNow, "accepted") with { Status = m.Status is MessageStatus.Withdrawn ? m.Status : MessageStatus.Accepted, LeaseUntil = null, NotBefore = null, Subject = subject, ProviderId = outcome.ProviderId ?? m.ProviderId },
            stop,
            async (egt, after) =>
            {
                await acceptance.AddAsync(egt, after, context.Situation, known, stop);
                known = [];
            });
        await hints.SettledAsync(claimed.Value.Mid, stop);
    }

    private async Task TryLaterAsync(Row<Message> claimed, SendOutcome outcome, CancellationToken stop)
    {
        if (outcome.Result == SendResult.AccountRefused)
        {
            await brakes.RefusedAsync(outcome.Reason, stop);
        }

        await ChangeAsync(
            claimed,
            m => !IsSame(m, claimed) ? null : m.Tell(clock.UtcNow, "refusedForNow", outcome.Reason) with
            {
                Status = m.Attempts > 1 ? MessageStatus.Unknown : MessageStatus.Pending,
                LeaseUntil = null,
                Attempts = m.Attempts - 1,
                Refusals = m.Refusals + 1,
                NotBefore = clock.UtcNow + (outcome.RetryAfter ?? SendRule.Backoff(m.Refusals)),
            },
            stop);
    }

    private async Task ChangeAsync(Row<Message> row, Func<Message, Message?> change, CancellationToken stop, Func<Egt, Message, Task>? more = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (change(row.Value) is not { } after)
            {
                return;
            }

            var egt = RegisterTable.Change(row.Value.OrganisationId).Replace(row, after);
            await (more?.Invoke(egt, after) ?? Task.CompletedTask);
            if (await register.CommitAsync(egt, stop))
            {
                return;
            }

            row = await AgainAsync(row, stop);
        }

        throw new IOException($"The outcome of message {row.Value.Mid} could not be recorded: others change its row all the time.");
    }

    private async Task<Row<Message>> AgainAsync(Row<Message> row, CancellationToken stop) =>
        await register.FindMessageAsync(row.Value.OrganisationId, row.RowKey, stop) ?? throw new InvalidOperationException($"The row of message {row.Value.Mid} is gone.");
}

/// <summary>Tells the asks that an email about them was accepted for delivery, in the transaction that records it.</summary>
internal sealed class RecordAcceptance(RegisterTable register)
{
    /// <param name="egt">The transaction.</param>
    /// <param name="message">The message that was accepted.</param>
    /// <param name="situation">The present situation.</param>
    /// <param name="known">The states as read before, to save reading them again; null or without one, it is read.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="reached">Whether it counts as told; otherwise the ladder only goes on.</param>
    public async Task AddAsync(Egt egt, Message message, Situation situation, IReadOnlyList<Row<Recommendation>>? known, CancellationToken stop, bool reached = true)
    {
        // A new link speaks of what is open without asking for it
        if (message.Kind is MessageKind.Link or MessageKind.Code)
        {
            return;
        }

        foreach (var item in message.Items)
        {
            // One that cannot be read must not keep what became of the email from being recorded
            var row = known?.FirstOrDefault(r => r.Value.Id == item.Recommendation) ?? await register.FindAsync(message.OrganisationId, item.Recommendation, stop, []);
            if (row is null || !row.Value.Ask.IsOpen || row.Value.Ask.Version != item.AskVersion || row.Value.Move is not null)
            {
                continue;
            }

            if (!reached && item.Step > row.Value.Ask.Ladder.LastStep)
            {
                // Called back meanwhile: it is decided again
                continue;
            }

            var step = situation.Ladder.Find(item.Step);
            var warns = reached && message.Recipient.Relation == Relation.Own
                && (step is { IsNotice: true } or { IsReminder: true } || step is null && message.Kind is MessageKind.Change or MessageKind.Decision);
            var ask = LadderRule.Accepted(situation.Ladder, row.Value.Ask, item.Step, warns, situation.Now.LondonDate());
            if (ask != row.Value.Ask)
            {
                egt.Replace(row, row.Value with { Ask = ask });
            }
        }
    }
}
