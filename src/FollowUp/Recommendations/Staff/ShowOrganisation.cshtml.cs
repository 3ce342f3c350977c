using FollowUp.Organisations;
using FollowUp.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>One organisation: who can be written to, what it was asked, which links it has, and how its entry changed.</summary>
internal sealed class ShowOrganisationPage(OrganisationsTable organisations, AddressesTable addresses, FindRecommendations find, RegisterTable register, ReadSituation readSituation) : PageModel
{
    private IReadOnlyList<Recommendation> all = [];

    public Organisation Organisation { get; private set; } = null!;

    public Situation Situation { get; private set; } = null!;

    public FoundPage Found { get; private set; } = null!;

    public IReadOnlyList<Link> Links { get; private set; } = [];

    public IReadOnlyList<DirectoryChange> History { get; private set; } = [];

    /// <summary>The addresses that no email goes to any more.</summary>
    public SuspendedAddresses Suspended { get; private set; } = SuspendedAddresses.None;

    /// <summary>How many rows cannot be read, and so are left out.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Why a link opens nothing any more; null while it does.</summary>
    public string? WhyEnded(Link link) =>
        !link.IsLive ? "Revoked"
        : !LinkRule.IsStillTheirs(link, Situation.Directory, Situation.Today) ? Situation.Directory.UnreadFrom(Organisation.Id) is null ? "Contact has left" : "Contact cannot be read"
        : LinkRule.HasEnded(link, all, Situation.Today) ? "Ended"
        : null;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        if (!OrganisationId.TryParse(id, null, out var organisationId))
        {
            return NotFound();
        }

        Situation.Directory.RequireReadable(organisationId);
        if (Situation.Directory.Find(organisationId) is not { } organisation)
        {
            return NotFound();
        }

        var unreadable = new List<UnreadableRow>();
        Organisation = organisation;
        Suspended = await addresses.SuspendedAsync(stop);
        Found = await find.RunAsync(new RecommendationFilter { Organisation = organisationId }, null, stop);
        History = [.. (await organisations.HistoryAsync(organisationId, DateTimeOffset.MinValue, unreadable, stop)).Reverse().Select(e => DirectoryChange.Of(e.Value, Situation.Directory))];
        var links = new List<Link>();
        await foreach (var row in register.LinksAsync(organisationId, stop, unreadable))
        {
            links.Add(row.Value);
        }

        var read = new List<Recommendation>();
        await foreach (var row in register.AllRowsOfAsync(organisationId, stop, unreadable))
        {
            read.Add(row.Value);
        }

        (all, Unreadable) = (read, unreadable.Count);
        Links = [.. links.OrderByDescending(l => l.CreatedAt)];
        return Page();
    }
}
