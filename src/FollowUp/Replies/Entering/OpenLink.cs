using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Telemetry;

namespace FollowUp.Replies;

/// <summary>What a link opens: the organisation's recommendations, for one contact.</summary>
/// <param name="Unreadable">How many recommendations are left out, since their rows cannot be read.</param>
internal sealed record OpenedLink(Link Link, Organisation Organisation, Situation Situation, IReadOnlyList<FoundRecommendation> Recommendations, int Unreadable = 0);

/// <summary>Finds what a link leads to. It writes nothing, but that a row cannot be read: mail scanners open every link.</summary>
internal sealed class OpenLink(Hints hints, RegisterTable register, ChangeStamp stamp, KnownInspections inspections, ReadSituation readSituation, ReportUnreadable report)
{
    /// <summary>The link of a token's hash; null when it is unknown or revoked. Whether it still opens anything is known when what it shows is read.</summary>
    public async Task<Link?> FindAsync(string hash, CancellationToken stop)
    {
        if (await FindAnyAsync(hash, stop) is not { IsLive: true } link)
        {
            return null;
        }

        using var trail = Trail.Follow("openLink", link.Mid);
        return link;
    }

    /// <summary>The link of a token's hash, a revoked one too.</summary>
    public async Task<Link?> FindAnyAsync(string hash, CancellationToken stop) =>
        await hints.FindLinkAsync(hash, stop) is { } organisation ? (await register.FindLinkAsync(organisation, hash, stop))?.Value : null;

    /// <summary>Everything that the link shows; null when it has ended: its contact is one no longer, or nothing was open for long.</summary>
    public async Task<OpenedLink?> ReadAllAsync(Link link, CancellationToken stop)
    {
        var now = await stamp.ReadAsync(stop);
        var (found, unreadable) = (new List<FoundRecommendation>(), new List<UnreadableRow>());
        await foreach (var row in register.RecommendationsOfAsync(link.OrganisationId, unreadable, stop))
        {
            // Of an inspection that cannot be read, each recommendation counts once
            if (await inspections.FindAsync(now, row.Value.Id.Inspection, stop, unreadable) is { } inspection)
            {
                found.Add(new FoundRecommendation(row.Value, inspection));
            }
        }

        await report.RunAsync(unreadable, stop);
        var opened = await OpenedAsync(link, found, now, stop);
        return opened is not null && (unreadable.Count > 0 || found.Any(f => LinkRule.IsOpen(f.State)) || !await HasEndedAsync(link, opened.Situation.Today, stop))
            ? opened with { Unreadable = unreadable.Count }
            : null;
    }

    /// <summary>One recommendation of the link's organisation; null when the link does not show it.</summary>
    public async Task<OpenedLink?> ReadOneAsync(Link link, RecommendationId id, CancellationToken stop)
    {
        var now = await stamp.ReadAsync(stop);
        return await register.FindAsync(link.OrganisationId, id, stop) is { Value: { Move: null } state } && await inspections.FindAsync(now, id.Inspection, stop) is { } inspection
            && await OpenedAsync(link, [new FoundRecommendation(state, inspection)], now, stop) is { } opened
            && (LinkRule.IsOpen(state) || !await HasEndedAsync(link, opened.Situation.Today, stop))
                ? opened
                : null;
    }

    /// <summary>How the link's contact signed last, so that nobody types their name for every recommendation.</summary>
    public async Task<Answerer?> LastSignatureAsync(Link link, CancellationToken stop)
    {
        var signatures = new List<(DateTimeOffset At, Answerer By)>();
        await foreach (var row in register.RecommendationsOfAsync(link.OrganisationId, [], stop))
        {
            signatures.AddRange(row.Value.Updates.Select(u => (u.At, u.By)));
            if (row.Value.Answer is { } answer)
            {
                signatures.Add((answer.At, answer.By));
            }
        }

        return signatures.Where(s => s.By.LinkSentTo == link.Contact.Email.ToString()).OrderBy(s => s.At).LastOrDefault().By;
    }

    private async Task<OpenedLink?> OpenedAsync(Link link, IReadOnlyList<FoundRecommendation> found, string? now, CancellationToken stop)
    {
        var situation = await readSituation.RunAsync(now, stop);
        RequireReadable(link, situation.Directory);
        return LinkRule.IsStillTheirs(link, situation.Directory, situation.Today) && situation.Directory.Find(link.OrganisationId) is { } organisation
            ? new OpenedLink(link, organisation, situation, found)
            : null;
    }

    /// <summary>Nobody is told that a link has ended who may still be a contact.</summary>
    private static void RequireReadable(Link link, OrganisationDirectory directory)
    {
        directory.RequireReadable(link.OrganisationId);
        if (link.Contact.Relation == Relation.Upward && directory.UnreadFrom(link.OrganisationId) is { } hidden && link.Contact.Of is { } of && directory.Find(link.OrganisationId) is { } organisation
            && directory.Above(organisation).All(above => above.Id != of))
        {
            throw new UnreadableRowException(hidden);
        }
    }

    /// <summary>Whether the link has ended; one that leads to a row which cannot be read has not.</summary>
    private async Task<bool> HasEndedAsync(Link link, DateOnly today, CancellationToken stop)
    {
        var (all, unreadable) = (new List<Recommendation>(), new List<UnreadableRow>());
        await foreach (var row in register.AllRowsOfAsync(link.OrganisationId, stop, unreadable))
        {
            if (LinkRule.IsOpen(row.Value))
            {
                return false;
            }

            all.Add(row.Value);
        }

        return unreadable.Count == 0 && LinkRule.HasEnded(link, all, today);
    }
}
