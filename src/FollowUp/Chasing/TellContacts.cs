using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>Whom to tell that the contacts of an organisation were changed.</summary>
internal static class DirectoryRule
{
    /// <summary>Its main contacts who held the role before and still do: the others are the change itself. Those of an organisation that has ended are told nothing, nor is anybody of a change that has letters of its own.</summary>
    public static IReadOnlyList<Contact> WhomToTell(DirectoryEvent happened, DateOnly today)
    {
        if (happened.HasLetters || happened.Before is not { } before || happened.After.HasEndedOn(today) || !DirectoryChange.OfContacts(before, happened.After).Any())
        {
            return [];
        }

        var held = before.ContactsOn(today, ContactRole.Main).Select(c => c.Email).ToHashSet();
        return [.. happened.After.ContactsOn(today, ContactRole.Main).Where(c => held.Contains(c.Email)).DistinctBy(c => c.Email)];
    }
}

/// <summary>
/// Tells the other main contacts of an organisation that its contacts were changed. A message's key is made from the
/// event, so that it goes once, whether the change itself or the sweep after a crash writes it.
/// </summary>
internal sealed class TellContacts(OrganisationsTable organisations, RegisterTable register, MessageHints hints, EmailBell bell, IClock clock)
{
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(2);

    /// <summary>Tells of the latest changes of one organisation.</summary>
    public async Task RunAsync(OrganisationId id, CancellationToken stop) =>
        await RunAsync(await organisations.HistoryAsync(id, clock.UtcNow - LooksBack, [], stop), stop);

    /// <summary>Tells of the latest changes of all organisations, in case that was interrupted.</summary>
    /// <param name="unreadable">Takes changes that cannot be read, of which nobody is told.</param>
    /// <param name="stop">Stops the telling.</param>
    public async Task CarryOnAsync(ICollection<UnreadableRow> unreadable, CancellationToken stop) =>
        await RunAsync((await organisations.AllHistoryAsync(unreadable, stop)).Where(row => row.Value.At >= clock.UtcNow - LooksBack), stop);

    private async Task RunAsync(IEnumerable<Row<DirectoryEvent>> changes, CancellationToken stop)
    {
        var places = new List<MessagePlace>();
        foreach (var row in changes)
        {
            var on = row.Value.At.LondonDate();
            foreach (var contact in DirectoryRule.WhomToTell(row.Value, on))
            {
                if (await WriteAsync(row.Value.After.Id, row.RowKey, row.Value, contact, on, stop) is { } place)
                {
                    places.Add(place);
                }
            }
        }

        await bell.RingAsync(places, stop);
    }

    private async Task<MessagePlace?> WriteAsync(OrganisationId id, string eventKey, DirectoryEvent happened, Contact contact, DateOnly on, CancellationToken stop)
    {
        var recipient = new Recipient(contact.Name, contact.Email, Relation.Own, contact.Role, id);
        var key = RegisterTable.DirectoryKey(eventKey, recipient, on);
        if (await register.FindMessageAsync(id, key, stop, []) is not null)
        {
            return null;
        }

        var changed = new Recommendations.Letters.ContactsChanged(happened.Actor, happened.At, [.. DirectoryChange.OfContacts(happened.Before!, happened.After)]);
        var message = Message.New(on, id, MessageKind.Change, recipient, [], clock.UtcNow) with { Letter = Recommendations.Letters.Of(changed) };
        var place = new MessagePlace(message.Mid, id, key);
        await hints.LeadToAsync(place, stop);
        return await register.CommitAsync(RegisterTable.Change(id).Insert(key, message), stop) ? place : null;
    }
}
