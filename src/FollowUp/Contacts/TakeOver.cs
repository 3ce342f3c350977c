using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Contacts;

/// <summary>
/// Carries a nomination out: the directory first, then the letters with the end of the old links, in one transaction that
/// also says that it is done. Whatever was interrupted is done again; what is there already stays as it is.
/// </summary>
internal sealed class TakeOver(ReadSituation readSituation, OrganisationsTable organisations, RegisterTable register, NominationsTable nominations, PostLetters letters)
{
    private const int Tries = 8;
    private const int MostLinks = 40;
    private const int MostNamed = 50;
    private const int DaysBack = 30;

    /// <summary>Carries out what was agreed and not finished.</summary>
    public async Task<int> CarryOnAsync(OrganisationId organisation, DateOnly today, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var left = new List<string>();
        await foreach (var row in nominations.SinceAsync(organisation, today.AddDays(-DaysBack), unreadable, stop))
        {
            if (row.Value.Status == NominationStatus.Agreed)
            {
                left.Add(row.Value.Id);
            }
        }

        foreach (var id in left)
        {
            await RunAsync(organisation, id, stop);
        }

        return left.Count;
    }

    public async Task<Nomination> RunAsync(OrganisationId organisation, string id, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var situation = await readSituation.RunAsync(stop);
            var row = await nominations.FindAsync(organisation, id, stop) ?? throw new InvalidOperationException($"The nomination {id} of {organisation} is gone.");
            if (row.Value.Status != NominationStatus.Agreed)
            {
                return row.Value;
            }

            if (!await ChangeDirectoryAsync(row.Value, situation, stop))
            {
                continue;
            }

            var posts = await WriteLettersAsync(row.Value, await readSituation.RunAsync(stop), stop);
            var done = row.Value with { Status = NominationStatus.Done };
            var egt = RegisterTable.Change(organisation).Replace(row, done);
            await letters.AddAsync(egt, posts, stop);
            await EndLinksAsync(egt, row.Value, situation, stop);
            if (await register.CommitAsync(egt, stop))
            {
                await letters.RingAsync(posts, stop);
                return done;
            }
        }

        throw new IOException($"The nomination {id} of {organisation} could not be carried out: others change its rows all the time. The sweep tries again.");
    }

    private async Task<bool> ChangeDirectoryAsync(Nomination named, Situation situation, CancellationToken stop)
    {
        var row = await organisations.FindAsync(named.OrganisationId, stop) ?? throw new InvalidOperationException($"The organisation {named.OrganisationId} is gone.");
        var after = NominationRule.Apply(row.Value, named.Contact, named.By, named.Replaces, situation.Today);
        var by = $"{named.By.Name}, by the link sent to {named.By.Email}{(named.DecidedBy is { } staff ? $" ({staff} agreed)" : "")}";
        return after == row.Value || await organisations.SaveAsync(row, after, by, situation.Now, stop, hasLetters: true);
    }

    private async Task<IReadOnlyList<Post>> WriteLettersAsync(Nomination named, Situation situation, CancellationToken stop)
    {
        var organisation = situation.Directory.Find(named.OrganisationId)!;
        var colleague = new Recipient(named.Contact.Name, named.Contact.Email, Relation.Own, named.Contact.Role, organisation.Id);
        var told = from contact in organisation.ContactsOn(situation.Today, ContactRole.Main)
                   where contact.Email != named.Contact.Email && contact.Email != named.By.Email
                   select new Recipient(contact.Name, contact.Email, Relation.Own, contact.Role, organisation.Id);
        var happened = new Letters.ContactNamed(named.Contact.Name, named.Contact.Email.ToString(), named.Contact.Role, named.By.Name, named.Replaces);
        return
        [
            Post.To(colleague, organisation.Id, MessageKind.Link, Letters.Of(new Letters.Named(named.By.Name, named.Replaces)), $"named|{named.Id}", situation, await OpenAsync(organisation.Id, stop)),
            .. told.DistinctBy(r => r.Email).Select(r => Post.To(r, organisation.Id, MessageKind.Change, Letters.Of(happened), $"contact|{named.Id}", situation)),
            Post.To(named.By, organisation.Id, MessageKind.Receipt, Letters.Of(new Letters.NamingDecided(named.Contact.Name, named.Contact.Email.ToString(), named.Contact.Role, named.Replaces, Agreed: true)), $"named|{named.Id}|by", situation),
        ];
    }

    private async Task<IReadOnlyList<MessageItem>> OpenAsync(OrganisationId organisation, CancellationToken stop)
    {
        var open = new List<MessageItem>();
        await foreach (var row in register.RecommendationsOfAsync(organisation, [], stop))
        {
            if (row.Value.Ask.IsOpen && open.Count < MostNamed)
            {
                open.Add(new MessageItem(row.Value.Id, row.Value.Ask.Version));
            }
        }

        return open;
    }

    /// <summary>The links of whoever leaves end with their being a contact; the newest also say by whose word.</summary>
    private async Task EndLinksAsync(Egt egt, Nomination named, Situation situation, CancellationToken stop)
    {
        if (!named.Replaces)
        {
            return;
        }

        var theirs = new List<Row<Link>>();
        await foreach (var row in register.LinksAsync(named.OrganisationId, stop, []))
        {
            if (row.Value.IsLive && row.Value.Contact.Email == named.By.Email)
            {
                theirs.Add(row);
            }
        }

        foreach (var row in theirs.OrderByDescending(r => r.Value.CreatedAt).Take(MostLinks))
        {
            egt.Replace(row, row.Value with { RevokedAt = situation.Now, RevokedBy = $"{named.By.Name}, who named {named.Contact.Name}" });
        }
    }
}
