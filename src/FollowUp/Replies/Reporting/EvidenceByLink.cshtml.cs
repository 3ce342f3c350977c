using FollowUp.Evidence;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>A file of evidence, for the organisation that it came from. Those above see what was sent.</summary>
internal sealed class EvidenceByLink(LinkSession session, OpenLink openLink, FilesTable files, GiveFile give) : RecommendationPage(session, openLink)
{
    public async Task<IActionResult> OnGetAsync(string file)
    {
        var row = await files.FindAsync(Link.OrganisationId, State.Id, file, Stop);
        return await give.RunAsync(MayAnswer || row?.Value.SentAt is not null ? row?.Value : null, Response, Stop);
    }
}
