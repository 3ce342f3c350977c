using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>
/// Sends a new link to an address on record, for somebody whose link does not work. With a link that we know, its own
/// contact gets one like it; otherwise whoever has the address is sent one for each organisation that they are a contact of.
/// </summary>
internal sealed class SendNewLink(OpenLink openLink, RegisterTable register, NewLinkLimits limits, ReadSituation readSituation, PostLetters letters)
{
    private const int MostOrganisations = 5;
    private const int MostNamed = 50;

    /// <param name="token">The token of the link that does not work; null when there is none to be read.</param>
    /// <param name="address">The address that somebody typed. It counts only if it is on record.</param>
    public async Task RunAsync(LinkToken? token, EmailAddress address, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(stop);
        var link = token is { } known ? await openLink.FindAnyAsync(known.Hash, stop) : null;
        var wanted = link is not null && link.Contact.Email == address && LinkRule.IsStillTheirs(link, situation.Directory, situation.Today)
            ? [(link.OrganisationId, link.Contact)]
            : ContactsWith(address, situation);
        var posts = new List<Post>();
        foreach (var (organisation, contact) in wanted)
        {
            if (await AboutAsync(organisation, stop) is { } about)
            {
                posts.Add(Post.To(contact, organisation, MessageKind.Link, Letters.Of(new Letters.NewLink()), $"link|{DraftRule.NewId()}", situation, about));
            }
        }

        if (posts.Count > 0 && await limits.CountAsync(address, stop))
        {
            await SendAsync(posts, stop);
        }
    }

    private static List<(OrganisationId, Recipient)> ContactsWith(EmailAddress address, Situation situation) =>
    [
        .. (from organisation in situation.Directory.All
            from contact in organisation.Contacts
            where contact.Email == address && contact.IsValidOn(situation.Today)
            select (organisation.Id, new Recipient(contact.Name, contact.Email, Relation.Own, contact.Role, organisation.Id))).DistinctBy(found => found.Id).Take(MostOrganisations),
    ];

    /// <summary>What is open there; null when nothing was ever asked, and a link would lead to nothing.</summary>
    private async Task<IReadOnlyList<MessageItem>?> AboutAsync(OrganisationId organisation, CancellationToken stop)
    {
        var (any, open, unreadable) = (false, new List<MessageItem>(), new List<UnreadableRow>());
        await foreach (var row in register.RecommendationsOfAsync(organisation, unreadable, stop))
        {
            any = true;
            if (row.Value.Ask.IsOpen && open.Count < MostNamed)
            {
                open.Add(new MessageItem(row.Value.Id, row.Value.Ask.Version));
            }
        }

        return any || unreadable.Count > 0 ? open : null;
    }

    private async Task SendAsync(List<Post> posts, CancellationToken stop)
    {
        foreach (var post in posts)
        {
            var egt = RegisterTable.Change(post.Message.OrganisationId);
            await letters.AddAsync(egt, [post], stop);
            await register.CommitAsync(egt, stop);
        }

        await letters.RingAsync(posts, stop);
    }
}
