using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>All recommendations of the link's organisation, by inspection; what is asked stands first.</summary>
internal sealed class TaskList(LinkSession session, OpenLink openLink, DraftsTable table) : LinkPage(session, openLink)
{
    private IReadOnlyDictionary<(RecommendationId, AskKind), int?> drafts = new Dictionary<(RecommendationId, AskKind), int?>();

    public IReadOnlyList<IGrouping<InspectionId, FoundRecommendation>> Asked { get; private set; } = [];

    public IReadOnlyList<IGrouping<InspectionId, FoundRecommendation>> Settled { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Asked = ByInspection(r => r.State.Ask.IsOpen);
        Settled = ByInspection(r => !r.State.Ask.IsOpen);
        // What is not sent is for the organisation's own eyes
        if (MayAnswer)
        {
            drafts = await table.AllAsync(Link.OrganisationId, Stop);
        }
    }

    /// <summary>Whether somebody has saved something of what a recommendation asks for now.</summary>
    public bool HasDraft(Recommendation state) => drafts.TryGetValue((state.Id, state.Ask.Kind), out var savedUnder) && DraftRule.IsForNow(savedUnder, state);

    protected override Task<OpenedLink?> ReadAsync(Link link) => OpenLink.ReadAllAsync(link, Stop);

    private List<IGrouping<InspectionId, FoundRecommendation>> ByInspection(Func<FoundRecommendation, bool> which) =>
    [
        .. Opened.Recommendations.Where(which)
            .OrderBy(r => r.State.Id.Number.Padded, StringComparer.Ordinal)
            .GroupBy(r => r.Inspection.Id)
            .OrderBy(g => g.Min(r => r.State.Ask.DueOn)),
    ];
}
