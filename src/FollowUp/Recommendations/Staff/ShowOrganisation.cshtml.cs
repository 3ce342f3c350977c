using FollowUp.Email;
using FollowUp.Organisations;
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

    /// <summary>The addresses of its contacts that no email goes to any more.</summary>
    public IReadOnlyDictionary<EmailAddress, SuspendedAddress> Suspended { get; private set; } = new Dictionary<EmailAddress, SuspendedAddress>();

    /// <summary>Why a link opens nothing any more; null while it does.</summary>
    public string? WhyEnded(Link link) =>
        !link.IsLive ? "Revoked"
        : !LinkRule.IsStillTheirs(link, Situation.Directory, Situation.Today) ? "Contact has left"
        : LinkRule.HasEnded(link, all, Situation.Today) ? "Ended"
        : null;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        if (!OrganisationId.TryParse(id, null, out var organisationId) || Situation.Directory.Find(organisationId) is not { } organisation)
        {
            return NotFound();
        }

        Organisation = organisation;
        Suspended = (await addresses.SuspendedAsync(stop)).Where(a => organisation.Contacts.Any(c => c.Email == a.Email)).ToDictionary(a => a.Email);
        Found = await find.RunAsync(new RecommendationFilter { Organisation = organisationId }, null, stop);
        History = [.. (await organisations.HistoryAsync(organisationId, stop)).Reverse().Select(e => DirectoryChange.Of(e, Situation.Directory))];
        var links = new List<Link>();
        await foreach (var row in register.LinksAsync(organisationId, stop))
        {
            links.Add(row.Value);
        }

        var read = new List<Recommendation>();
        await foreach (var row in register.AllRowsOfAsync(organisationId, stop))
        {
            read.Add(row.Value);
        }

        all = read;
        Links = [.. links.OrderByDescending(l => l.CreatedAt)];
        return Page();
    }
}
