using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>What the organisation has promised on an inspection, for paper.</summary>
internal sealed class PrintPlan(LinkSession session, OpenLink openLink) : LinkPage(session, openLink)
{
    public Inspection Inspection => Opened.Recommendations[0].Inspection;

    public ActionPlan Plan => new(Opened.Organisation.Name, [.. Opened.Recommendations.Select(r => r.State).OrderBy(s => s.Id.Number.Padded, StringComparer.Ordinal)]);

    public IActionResult OnGet() => Page();

    protected override async Task<OpenedLink?> ReadAsync(Link link)
    {
        var all = await OpenLink.ReadAllAsync(link, Stop);
        var asked = RouteData.Values["inspection"] as string;
        return all is null || all.Recommendations.Where(r => r.Inspection.Id.ToString() == asked).ToList() is not { Count: > 0 } ofOne ? null : all with { Recommendations = ofOne };
    }
}
