using Azure;
using Azure.Data.Tables;
using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>The calendar of a link: who has its address can read the deadlines and nothing else. Only the hash of its secret is kept.</summary>
/// <param name="LinkHash">The link that it hangs on and ends with.</param>
public sealed record CalendarFeed(string Hash, string LinkHash, DateTimeOffset CreatedAt);

/// <summary>
/// The calendars, one for each link at most, in the organisation's partition. Their hints stand beside those of the links under
/// a name of their own, so that neither secret opens what the other one does.
/// </summary>
internal sealed class CalendarFeeds(Store store, IClock clock)
{
    private const int Tries = 5;
    private const string Hint = "calendar";

    public async Task<Row<CalendarFeed>?> FindAsync(Link link, CancellationToken stop) => await FindAsync(link.OrganisationId, link.Id, stop);

    /// <summary>Makes the link's calendar, in place of the one before; null when others were faster again and again.</summary>
    public async Task<LinkToken?> MakeAsync(Link link, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var before = await FindAsync(link, stop);
            var token = LinkToken.Mint();
            var feed = new CalendarFeed(token.Hash, link.Hash, clock.UtcNow);
            // A crash after this leaves a hint that leads to another hash, and so nowhere
            await LeadToAsync(token.Hash, link.OrganisationId, link.Id, stop);
            var egt = RegisterTable.Change(link.OrganisationId);
            if (await egt.Put(before, Key(link.Id), feed).CommitAsync(store.Register, stop))
            {
                await ForgetAsync(before, stop);
                return token;
            }
        }

        return null;
    }

    /// <summary>Ends the link's calendar; repeating it is harmless.</summary>
    public async Task StopAsync(Link link, CancellationToken stop)
    {
        if (await FindAsync(link, stop) is { } row && await RegisterTable.Change(link.OrganisationId).Delete(row).CommitAsync(store.Register, stop))
        {
            await ForgetAsync(row, stop);
        }
    }

    /// <summary>The hash of the link whose calendar has this secret; null when there is none any more.</summary>
    public async Task<string?> FindLinkAsync(LinkToken token, CancellationToken stop)
    {
        var hint = await store.Links.GetEntityIfExistsAsync<TableEntity>(token.Hash, Hint, cancellationToken: stop);
        return hint.HasValue
            && OrganisationId.TryParse(hint.Value!.GetString("organisation"), null, out var organisation)
            && hint.Value.GetString("link") is { } linkId
            && await FindAsync(organisation, linkId, stop) is { } row && row.Value.Hash == token.Hash
            ? row.Value.LinkHash
            : null;
    }

    /// <summary>Writes the hints that are missing, for the sweep.</summary>
    /// <param name="organisation">The organisation.</param>
    /// <param name="present">The hints that are there.</param>
    /// <param name="unreadable">Takes rows that cannot be read.</param>
    /// <param name="stop">Stops the writing.</param>
    /// <returns>How many were written.</returns>
    public async Task<int> RepairHintsAsync(OrganisationId organisation, IReadOnlySet<(string Hash, string Kind)> present, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        var written = 0;
        await foreach (var entity in store.Register.QueryAsync<TableEntity>(Keys.StartingWith(organisation.ToString(), Key("")), cancellationToken: stop))
        {
            if (Document.Read<CalendarFeed>(entity, unreadable) is { Value.Hash: var hash } && !present.Contains((hash, Hint)))
            {
                await LeadToAsync(hash, organisation, entity.RowKey[Key("").Length..], stop);
                written++;
            }
        }

        return written;
    }

    private async Task LeadToAsync(string hash, OrganisationId organisation, string linkId, CancellationToken stop) =>
        await store.Links.UpsertEntityAsync(new TableEntity(hash, Hint) { ["organisation"] = organisation.ToString(), ["link"] = linkId }, TableUpdateMode.Replace, stop);

    private async Task<Row<CalendarFeed>?> FindAsync(OrganisationId organisation, string linkId, CancellationToken stop) =>
        await Document.FindAsync<CalendarFeed>(store.Register, organisation.ToString(), Key(linkId), stop);

    private async Task ForgetAsync(Row<CalendarFeed>? row, CancellationToken stop)
    {
        if (row is not null)
        {
            await store.Links.DeleteEntityAsync(row.Value.Hash, Hint, ETag.All, stop);
        }
    }

    private static string Key(string linkId) => "cal|" + linkId;
}
