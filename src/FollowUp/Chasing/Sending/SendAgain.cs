using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>
/// Sends again what did not arrive, from the task that it gave cause to. That the task is done is written with the
/// email, so that whoever asks twice sends once.
/// </summary>
internal sealed class SendAgain(
    TasksTable tasks, MessageHints hints, RegisterTable register, AddressesTable addresses, OrganisationsTable organisations, KeepOrganisation keep, QueueAgain queue, IClock clock)
{
    private const int Tries = 5;

    /// <summary>An open task with the email that gave cause to it; null when there is none that could be sent again.</summary>
    public async Task<(Row<StaffTask> Task, Row<Message> Failed)?> FindEmailAsync(OrganisationId? organisation, string? key, CancellationToken stop) =>
        organisation is { } id && key is not null && Keys.AreAllowed(key) && await tasks.FindAsync(id, key, stop) is { Value: { DoneAt: null, Kind: TaskKind.EmailFailed or TaskKind.AddressSuspended, Mid: { } mid } } task
        && await hints.FindAsync(mid, stop) is { } place && await register.FindMessageAsync(place.Organisation, place.RowKey, stop) is { } failed
            ? (task, failed)
            : null;

    /// <summary>Sends again what the task's message had to say, as far as it still holds; no deadline moves.</summary>
    /// <param name="name">The name of a new contact; null to keep the one that there is.</param>
    /// <param name="email">The new address; null to use the same one again, whose health is restored.</param>
    public async Task<Outcome<StaffTask>> RunAsync(OrganisationId? organisation, string? key, string? name, string? email, Actor by, CancellationToken stop)
    {
        if (await FindEmailAsync(organisation, key, stop) is not var (task, failed))
        {
            return Refusal.NotFound("There is no such open task with an email to send again.");
        }

        if (task.Value.Kind == TaskKind.EmailFailed && failed.Value is { Status: MessageStatus.Accepted, Delivery: "accepted" or "deferred" or "delivered" })
        {
            return Refusal.Conflict("SendGrid has taken this email since. Look at what became of it, and mark the task as done.");
        }

        if (failed.Value.Status is MessageStatus.Claimed or MessageStatus.Unknown)
        {
            return Refusal.Conflict("This email may have left, and SendGrid has not said so yet. If it says nothing, FollowUp sends it once more by itself. Look again in an hour.");
        }

        var old = failed.Value.Recipient;
        var address = old.Email;
        if (!string.IsNullOrWhiteSpace(email) && !EmailAddress.TryParse(email, null, out address))
        {
            return Refusal.Invalid("email", EmailAddress.Expected);
        }

        var recipient = old with { Email = address, Name = string.IsNullOrWhiteSpace(name) ? old.Name : name.Trim() };
        if (recipient.Email == old.Email && failed.Value.Status is MessageStatus.Planning or MessageStatus.Pending)
        {
            return Refusal.Conflict("This email still waits, and leaves as soon as it can: there is nothing to send again. Enter another address if it is to go there.");
        }

        if (recipient != old && await ReplaceContactAsync(old, recipient, by, stop) is { } refusal)
        {
            return refusal;
        }

        await addresses.RestoreAsync(recipient.Email, stop);
        return await queue.RunAsync(task, failed, recipient, by, stop);
    }

    private async Task<Refusal?> ReplaceContactAsync(Recipient old, Recipient recipient, Actor by, CancellationToken stop)
    {
        var problems = new Problems();
        problems.PersonName(recipient.Name, "name", "the contact’s name");
        if (problems.Any)
        {
            return problems.Refusal;
        }

        if (old.Of is not { } of)
        {
            return Refusal.Invalid("email", "Only the contacts of an organisation can be changed here: leave the name and the address as they are to use them again");
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await organisations.FindAsync(of, stop) is not { } row)
            {
                return Refusal.NotFound($"There is no organisation {of}.");
            }

            if (!row.Value.Contacts.Any(c => c.Email == old.Email))
            {
                return Refusal.Conflict($"{old.Email} is no contact of {row.Value.Name} any more. Add {recipient.Email} to its contacts, and mark this task as done.");
            }

            var contacts = row.Value.Contacts.Select(c => c.Email == old.Email ? c with { Name = recipient.Name, Email = recipient.Email } : c).DistinctBy(c => (c.Email, c.Role)).ToList();
            if (await organisations.SaveAsync(row, row.Value with { Contacts = contacts }, by.Name, clock.UtcNow, stop))
            {
                await keep.TellAsync(of, stop);
                return null;
            }
        }

        return Refusal.Conflict("Others are changing this organisation just now. Try again in a moment.");
    }
}
