using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>What a link opens: the organisation's recommendations, for one contact.</summary>
internal sealed record OpenedLink(Link Link, Organisation Organisation, Situation Situation, IReadOnlyList<(Recommendation State, Inspection Inspection)> Recommendations);

/// <summary>Finds what a link leads to. It writes nothing: mail scanners open every link.</summary>
internal sealed class OpenLink(Hints hints, RegisterTable register, InspectionsTable inspections, ReadSituation readSituation)
{
    /// <summary>The live link of a token's hash; null when it is unknown or revoked, which look the same from outside.</summary>
    public async Task<Link?> FindAsync(string hash, CancellationToken stop)
    {
        if (await hints.FindLinkAsync(hash, stop) is not { } organisation)
        {
            return null;
        }

        var row = await register.FindLinkAsync(organisation, hash, stop);
        return row?.Value is { IsLive: true } link ? link : null;
    }

    /// <summary>Everything that the link shows.</summary>
    public async Task<OpenedLink?> RunAsync(string hash, CancellationToken stop)
    {
        if (await FindAsync(hash, stop) is not { } link)
        {
            return null;
        }

        var situation = await readSituation.RunAsync(stop);
        if (situation.Directory.Find(link.OrganisationId) is not { } organisation)
        {
            return null;
        }

        var read = new Dictionary<InspectionId, Inspection>();
        var found = new List<(Recommendation, Inspection)>();
        await foreach (var row in register.RecommendationsOfAsync(link.OrganisationId, stop))
        {
            if (!read.TryGetValue(row.Value.Id.Inspection, out var inspection))
            {
                inspection = (await inspections.FindAsync(row.Value.Id.Inspection, stop))?.Value;
                if (inspection is null)
                {
                    continue;
                }

                read[row.Value.Id.Inspection] = inspection;
            }

            found.Add((row.Value, inspection));
        }

        return new OpenedLink(link, organisation, situation, found);
    }
}
