using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>All recommendations of the link's organisation, by inspection; what is asked stands first.</summary>
internal sealed class TaskList(LinkSession session, OpenLink openLink, DraftsTable drafts) : LinkPage(session, openLink)
{
    public IReadOnlySet<RecommendationId> Drafts { get; private set; } = new HashSet<RecommendationId>();

    public IReadOnlyList<IGrouping<InspectionId, FoundRecommendation>> Asked { get; private set; } = [];

    public IReadOnlyList<IGrouping<InspectionId, FoundRecommendation>> Settled { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Asked = ByInspection(r => r.State.Ask.IsOpen);
        Settled = ByInspection(r => !r.State.Ask.IsOpen);
        // What is not sent is for the organisation's own eyes
        if (MayAnswer)
        {
            Drafts = await drafts.AllAsync(Link.OrganisationId, Stop);
        }
    }

    protected override Task<OpenedLink?> ReadAsync(Link link) => OpenLink.ReadAllAsync(link, Stop);

    private List<IGrouping<InspectionId, FoundRecommendation>> ByInspection(Func<FoundRecommendation, bool> which) =>
    [
        .. Opened.Recommendations.Where(which)
            .OrderBy(r => r.State.Id.Number.Padded, StringComparer.Ordinal)
            .GroupBy(r => r.Inspection.Id)
            .OrderBy(g => g.Min(r => r.State.Ask.DueOn)),
    ];
}
