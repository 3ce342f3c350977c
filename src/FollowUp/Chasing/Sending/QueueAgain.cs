using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Puts what a failed email had to say into another one, and marks its task as done in the same transaction. What still
/// waits for an address that was replaced is cancelled with it: left alone, it would be passed on to a third person at
/// its turn, as the old address is no contact any more.
/// </summary>
internal sealed class QueueAgain(
    TasksTable tasks, MessageHints hints, RegisterTable register, StandingItems standing, ReadChaseContext readContext, FindDay findDay, FinishTasks finish, EmailBell bell, IOptions<ChasingSettings> settings)
{
    private const int Tries = 5;

    /// <summary>Into the person's message of today; when that is closed, into the next one that is not.</summary>
    public async Task<Outcome<StaffTask>> RunAsync(Row<StaffTask> task, Row<Message> failed, Recipient recipient, Actor by, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var context = await readContext.RunAsync(stop);
            var situation = context.Situation;
            var messages = await register.MessagesByKeyAsync(failed.Value.OrganisationId, situation.Today.AddDays(-DeliveryRule.DaysBack), stop);
            var waiting = Waiting(failed, recipient, messages);
            var all = failed.Value with { Items = [.. failed.Value.Items.Concat(waiting.SelectMany(w => w.Value.Items)).Distinct()] };
            var standingItems = (await standing.ReadAsync(all, context, stop)).All;
            var items = NextInLine.Lacking(recipient, all with { Items = standingItems }, messages, KeyOf(failed, recipient, situation.Today));
            if (items.Count > 0 || failed.Value.Items.Count == 0)
            {
                if (await WriteAsync(task, failed, waiting, items, recipient, messages, context, by, stop) is { } done)
                {
                    return done;
                }
            }
            else if (await CancelAsync(waiting, failed.Value.OrganisationId, recipient, situation.Now, stop))
            {
                return Refusal.Conflict($"Nothing was sent again: {(standingItems.Count > 0 ? "they have it already, or it is on its way to them" : "what this email was about has changed since, or its next step has gone")}. From now on emails go to {recipient.Email}. Mark the task as done.");
            }

            if (await tasks.FindAsync(task.Value.OrganisationId, task.Value.Key, stop) is not { Value.DoneAt: null } again)
            {
                return Refusal.Conflict("Somebody has done this task meanwhile.");
            }

            task = again;
        }

        throw new IOException("The email could not be sent again: others change its row all the time.");
    }

    /// <summary>What still waits for the address that was replaced: this email, or a later one that has taken it over.</summary>
    private static List<Row<Message>> Waiting(Row<Message> failed, Recipient recipient, KeyedMessages messages)
    {
        var old = failed.Value.Recipient;
        return recipient.Email == old.Email ? [] : [.. messages.All.Append(failed).DistinctBy(m => m.RowKey).Where(m => m.Value.Status is MessageStatus.Planning or MessageStatus.Pending && (m.RowKey == failed.RowKey || IsOfTheSame(m.Value)))];

        bool IsOfTheSame(Message message) => failed.Value.IsChasing && message.IsChasing && message.Recipient.Email == old.Email && message.Recipient.Of == old.Of;
    }

    /// <returns>The task, which is done then; null when somebody was faster.</returns>
    private async Task<StaffTask?> WriteAsync(Row<StaffTask> task, Row<Message> failed, List<Row<Message>> waiting, IReadOnlyList<MessageItem> items, Recipient recipient, KeyedMessages messages, ChaseContext context, Actor by, CancellationToken stop)
    {
        var situation = context.Situation;
        var on = failed.Value.IsChasing ? await findDay.RunAsync(recipient, context.NextSendingDay, messages, situation, stop) : situation.Today;
        var key = KeyOf(failed, recipient, on);
        while (!messages.Take(key))
        {
            on = situation.Calendar.Add(on, 1);
            key = KeyOf(failed, recipient, on);
        }

        var present = messages.Find(key);
        var message = present is not null ? ChasePlan.Join(present.Value, items, failed.Value.Kind)
            : Message.New(on, failed.Value.OrganisationId, failed.Value.Kind, recipient, items, situation.Now) with { Letter = failed.Value.Letter };
        var place = new MessagePlace(message.Mid, message.OrganisationId, key);
        await hints.LeadToAsync(place, stop);
        var egt = Cancel(RegisterTable.Change(message.OrganisationId), waiting, recipient, situation.Now, message.Mid).Put(present, key, message);
        var markAsync = await tasks.AddDoneAsync(egt, task, situation.Now, by.Name, stop);
        if (!await register.CommitAsync(egt, stop))
        {
            return null;
        }

        await markAsync(stop);
        await SettleAsync(waiting, stop);
        await bell.RingAsync([place], stop);
        return task.Value with { DoneAt = situation.Now, DoneBy = by.Name };
    }

    private async Task<bool> CancelAsync(List<Row<Message>> waiting, OrganisationId organisation, Recipient recipient, DateTimeOffset now, CancellationToken stop)
    {
        if (!await register.CommitAsync(Cancel(RegisterTable.Change(organisation), waiting, recipient, now), stop))
        {
            return false;
        }

        await SettleAsync(waiting, stop);
        return true;
    }

    private static Egt Cancel(Egt egt, List<Row<Message>> waiting, Recipient recipient, DateTimeOffset now, string? replacedBy = null)
    {
        foreach (var row in waiting)
        {
            egt.Replace(row, row.Value.Tell(now, Json.Word(MessageStatus.Cancelled), $"{recipient.Email} gets it instead.") with { Status = MessageStatus.Cancelled, LeaseUntil = null, ReplacedBy = replacedBy });
        }

        return egt;
    }

    private async Task SettleAsync(List<Row<Message>> cancelled, CancellationToken stop)
    {
        foreach (var row in cancelled)
        {
            await finish.WaitsNoLongerAsync(row.Value, settings.Value.TaskAfter, stop);
            await hints.SettledAsync(row.Value.Mid, stop);
        }
    }

    private static string KeyOf(Row<Message> failed, Recipient recipient, DateOnly day) => failed.Value.IsChasing
        ? RegisterTable.ChasingKey(recipient, day)
        : RegisterTable.ChasingKey(recipient, day) + $"|again|{failed.Value.Mid}";
}
