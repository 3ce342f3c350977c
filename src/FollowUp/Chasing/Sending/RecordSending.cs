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
internal sealed class RecordSending(RegisterTable register, MessageHints hints, TasksTable tasks, FinishTasks finish, PassOn passOn, RecordAcceptance acceptance, BrakesTable brakes, IOptions<ChasingSettings> settings, IClock clock)
{
    private const int Tries = 6;
    private static readonly Task<bool> Nothing = Task.FromResult(true);

    public async Task OutcomeAsync(Row<Message> claimed, string subject, SendOutcome outcome, IReadOnlyList<Row<Recommendation>> states, ChaseContext context, CancellationToken stop)
    {
        switch (outcome.Result)
        {
            case SendResult.Accepted:
                await AcceptedAsync(claimed, subject, outcome, states, context, stop);
                break;
            case SendResult.RefusedForGood when await brakes.DoubtAsync(claimed.Value.Recipient, stop):
                await TryLaterAsync(claimed, new SendOutcome(SendResult.AccountRefused, $"SendGrid refuses one email after another. {outcome.Reason}"), stop);
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
        m => !m.IsSameClaimAs(row.Value) ? null
            : m.Timeline.Any(t => t.EventId is not null) ? m.Tell(clock.UtcNow, "accepted", "SendGrid’s events say so.") with { Status = MessageStatus.Accepted, LeaseUntil = null, NotBefore = null }
            : m.Tell(clock.UtcNow, "unknown", why) with { Status = MessageStatus.Unknown, LeaseUntil = null, NotBefore = clock.UtcNow + settings.Value.UnknownWaits },
        stop,
        (egt, after) => acceptance.AddAsync(egt, after, context.Situation, null, stop, after.Status == MessageStatus.Accepted ? Told.Reached : Told.Doubted));

    /// <summary>Nobody knows whether it arrived, and it is not sent again: a person of the staff is told, and the ladder goes on.</summary>
    public async Task GaveUpAsync(Row<Message> row, string why, ChaseContext context, CancellationToken stop)
    {
        await tasks.OpenAsync(Tasks.EmailFailed(row.Value, why, clock.UtcNow), stop);
        await EndedAsync(row, MessageStatus.Failed, why, context, stop, Told.NotReached, "gaveUp");
    }

    /// <summary>It cannot reach its recipient: the next in line gets what it had to say, and a person of the staff is told.</summary>
    public async Task PassedOnAsync(Row<Message> row, MessageStatus status, string why, ChaseContext context, CancellationToken stop)
    {
        MessagePlace? next = null;
        await tasks.OpenAsync(Tasks.EmailFailed(row.Value, why, clock.UtcNow), stop);
        for (var attempt = 0; !row.Value.IsSettled; attempt++)
        {
            if (attempt == Tries)
            {
                throw Lost(row);
            }

            var (egt, ready) = (RegisterTable.Change(row.Value.OrganisationId), true);
            next = await passOn.AddAsync(egt, row, context, stop);
            if (next is null)
            {
                // Nobody is left to take it: the task is what remains, and the ladder goes on.
                ready = await acceptance.AddAsync(egt, row.Value, context.Situation, null, stop, Told.NotReached);
            }

            egt.Replace(row, row.Value.Tell(clock.UtcNow, Json.Word(status), why) with { Status = status, LeaseUntil = null, ReplacedBy = row.Value.ReplacedBy ?? next?.Mid });
            if (ready && await register.CommitAsync(egt, stop))
            {
                break;
            }

            (row, next) = (await AgainAsync(row, stop), null);
        }

        await FinishAsync(row.Value, stop);
        await hints.SettledAsync(row.Value.Mid, stop);
        if (next is not null)
        {
            await passOn.RingAsync(next, stop);
        }
    }

    /// <summary>It has come to an end without having been sent, or without anybody knowing.</summary>
    /// <param name="told">What that means for the ladder; null where it goes its own way.</param>
    /// <param name="word">What its story calls it, if not as its status.</param>
    public async Task EndedAsync(Row<Message> row, MessageStatus status, string why, ChaseContext context, CancellationToken stop, Told? told = null, string? word = null)
    {
        var ended = await ChangeAsync(
            row,
            m => m.IsSettled ? null : m.Tell(clock.UtcNow, word ?? Json.Word(status), why) with { Status = status, LeaseUntil = null },
            stop,
            (egt, after) => told is { } means ? acceptance.AddAsync(egt, after, context.Situation, null, stop, means) : Nothing);
        await FinishAsync(ended, stop);
        await hints.SettledAsync(row.Value.Mid, stop);
    }

    /// <summary>It waits no longer. SendGrid's events may have been faster than whoever gave it up and told staff.</summary>
    private async Task FinishAsync(Message settled, CancellationToken stop)
    {
        if (settled.Status == MessageStatus.Accepted)
        {
            await finish.ArrivedAsync(settled, stop);
        }

        await finish.WaitsNoLongerAsync(settled, settings.Value.TaskAfter, stop);
    }

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
                var ready = await acceptance.AddAsync(egt, after, context.Situation, known, stop);
                known = [];
                return ready;
            });
        await finish.WaitsNoLongerAsync(claimed.Value, settings.Value.TaskAfter, stop);
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
            m => !m.IsSameClaimAs(claimed.Value) ? null : m.Tell(clock.UtcNow, "refusedForNow", outcome.Reason) with
            {
                Status = m.Attempts > 1 ? MessageStatus.Unknown : MessageStatus.Pending,
                LeaseUntil = null,
                Attempts = m.Attempts - 1,
                Refusals = m.Refusals + 1,
                NotBefore = clock.UtcNow + (outcome.RetryAfter ?? SendRule.Backoff(m.Refusals)),
            },
            stop);
    }

    /// <returns>The message as it is then.</returns>
    private async Task<Message> ChangeAsync(Row<Message> row, Func<Message, Message?> change, CancellationToken stop, Func<Egt, Message, Task<bool>>? more = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (change(row.Value) is not { } after)
            {
                return row.Value;
            }

            var egt = RegisterTable.Change(row.Value.OrganisationId).Replace(row, after);
            if (await (more?.Invoke(egt, after) ?? Nothing) && await register.CommitAsync(egt, stop))
            {
                return after;
            }

            row = await AgainAsync(row, stop);
        }

        throw Lost(row);
    }

    private static IOException Lost(Row<Message> row) => new($"The outcome of message {row.Value.Mid} could not be recorded: others change its row all the time.");

    private async Task<Row<Message>> AgainAsync(Row<Message> row, CancellationToken stop) =>
        await register.FindMessageAsync(row.Value.OrganisationId, row.RowKey, stop) ?? throw new InvalidOperationException($"The row of message {row.Value.Mid} is gone.");
}
