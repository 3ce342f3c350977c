using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>
/// Records what became of a message, under the ETag of its row. When the webhook was faster, the row is read again and
/// the outcome added to what it says by then.
/// </summary>
internal sealed class RecordSending(RegisterTable register, FirstAcceptance acceptance, Hints hints, TasksTable tasks, IClock clock)
{
    private const int Tries = 6;

    public Task OutcomeAsync(Row<Message> claimed, string subject, SendOutcome outcome, CancellationToken stop) => outcome.Result switch
    {
        SendResult.Accepted => AcceptedAsync(claimed, subject, outcome, stop),
        SendResult.RefusedForGood => FailedAsync(claimed, outcome.Reason, stop),
        SendResult.Unknown => UnknownAsync(claimed, outcome.Reason, stop),
        _ => TryLaterAsync(claimed, outcome, stop),
    };

    /// <summary>The outcome is not known: the webhook has half an hour to settle it before the one resend.</summary>
    public Task UnknownAsync(Row<Message> row, string why, CancellationToken stop) =>
        ChangeAsync(row, m => m.Status == MessageStatus.Claimed ? m.Tell(clock.UtcNow, "unknown", why) with { Status = MessageStatus.Unknown, LeaseUntil = null, NotBefore = clock.UtcNow + SendRule.UnknownWaits } : null, stop);

    /// <summary>It will not be sent, and a person of the staff is told.</summary>
    public async Task FailedAsync(Row<Message> row, string why, CancellationToken stop)
    {
        await tasks.OpenAsync(Tasks.EmailFailed(row.Value, why, clock.UtcNow), stop);
        await EndedAsync(row, MessageStatus.Failed, why, stop);
    }

    /// <summary>Its recipient cannot be written to any more: the step needs another one, which a person of the staff is told.</summary>
    public async Task UndeliverableAsync(Row<Message> row, string why, CancellationToken stop)
    {
        await tasks.OpenAsync(Tasks.EmailFailed(row.Value, why, clock.UtcNow), stop);
        await EndedAsync(row, MessageStatus.Cancelled, why, stop);
    }

    /// <summary>It has come to an end without having been sent.</summary>
    public async Task EndedAsync(Row<Message> row, MessageStatus status, string why, CancellationToken stop)
    {
        var what = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
        await ChangeAsync(row, m => m.IsSettled ? null : m.Tell(clock.UtcNow, what, why) with { Status = status, LeaseUntil = null }, stop);
        await hints.SettledAsync(row.Value.Mid, stop);
    }

    private async Task AcceptedAsync(Row<Message> claimed, string subject, SendOutcome outcome, CancellationToken stop)
    {
        var now = clock.UtcNow;
        await ChangeAsync(
            claimed,
            m => m is { Status: MessageStatus.Accepted, Subject: not null } ? null : m.Tell(now, "accepted") with { Status = MessageStatus.Accepted, LeaseUntil = null, NotBefore = null, Subject = subject, ProviderId = outcome.ProviderId ?? m.ProviderId },
            stop,
            now.LondonDate());
        await hints.SettledAsync(claimed.Value.Mid, stop);
    }

    private Task TryLaterAsync(Row<Message> claimed, SendOutcome outcome, CancellationToken stop) => ChangeAsync(
        claimed,
        m => m.Status != MessageStatus.Claimed ? null : m.Tell(clock.UtcNow, "refusedForNow", outcome.Reason) with
        {
            Status = MessageStatus.Pending,
            LeaseUntil = null,
            Attempts = m.Attempts - 1,
            Refusals = m.Refusals + 1,
            NotBefore = clock.UtcNow + (outcome.RetryAfter ?? SendRule.Backoff(m.Refusals)),
        },
        stop);

    /// <summary>Changes the row; with a day of acceptance, also the asks that wait for their first one.</summary>
    private async Task ChangeAsync(Row<Message> row, Func<Message, Message?> change, CancellationToken stop, DateOnly? acceptedOn = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (change(row.Value) is not { } after)
            {
                return;
            }

            var egt = RegisterTable.Change(row.Value.OrganisationId).Replace(row, after);
            if (acceptedOn is { } day)
            {
                await acceptance.AddAsync(egt, after, day, stop);
            }

            if (await register.CommitAsync(egt, stop))
            {
                return;
            }

            row = await register.FindMessageAsync(row.Value.OrganisationId, row.RowKey, stop) ?? throw new InvalidOperationException($"The row of message {row.Value.Mid} is gone.");
        }

        throw new IOException($"The outcome of message {row.Value.Mid} could not be recorded: others change its row all the time.");
    }
}
