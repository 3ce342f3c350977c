using System.ComponentModel.DataAnnotations;
using FollowUp.Organisations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;

namespace FollowUp.Recommendations;

/// <summary>The register of issued recommendations, with filters.</summary>
internal sealed class RegisterPage(FindRecommendations find, InspectionsTable inspections, ReadSituation readSituation) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public RecommendationStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Owner { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Inspection { get; set; }

    [BindProperty(SupportsGet = true), Display(Name = "Due before")]
    public DateOnly? DueBefore { get; set; }

    [BindProperty(SupportsGet = true), StringLength(200, ErrorMessage = "Search for 200 characters or fewer")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Continuation { get; set; }

    /// <summary>Where the pages before this one begin, but for the first, the latest last.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    public FoundPage Found { get; private set; } = new([], null);

    public Situation Situation { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Inspections { get; private set; } = [];

    public bool IsFiltered => (Status, Organisation, Owner, Inspection, DueBefore, Q) is not (null, null, null, null, null, null);

    public static IEnumerable<SelectListItem> Statuses =>
        from status in Enum.GetValues<RecommendationStatus>()
        where status != RecommendationStatus.Draft
        select new SelectListItem(status.InWords().Text, status.ToString());

    public IEnumerable<SelectListItem> Organisations => Situation.Directory.All.Select(o => new SelectListItem(o.Name, o.Id.ToString()));

    public IEnumerable<SelectListItem> Owners =>
        from owner in Situation.Directory.All
        where Situation.Directory.All.Any(o => o.EscalatesTo == owner.Id)
        select new SelectListItem(owner.Name, owner.Id.ToString());

    public async Task OnGetAsync(CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        var all = await inspections.AllAsync([], stop);
        Inspections = [.. all.OrderByDescending(i => i.PublishedOn).Select(i => new SelectListItem(i.Title, i.Id.ToString()))];
        if (Filter() is { } filter)
        {
            Found = await find.RunAsync(filter, Continuation, stop);
        }
    }

    /// <summary>The address of the page before; null on the first.</summary>
    public string? Previous => Continuation is null ? null : Behind is [.. var earlier, var last] ? AddressFrom(last, earlier) : AddressFrom(null, []);

    /// <summary>The address of the page after; null on the last.</summary>
    public string? Next => Found.Continuation is null ? null : AddressFrom(Found.Continuation, [.. Behind, .. Continuation is null ? Array.Empty<string>() : [Continuation]]);

    /// <summary>Going back further than this leads to the first page at once, so that addresses stay short.</summary>
    private const int MostBehind = 25;

    private string[] Behind => (Back ?? "").Split('~', StringSplitOptions.RemoveEmptyEntries);

    private string AddressFrom(string? continuation, string[] behind) => QueryHelpers.AddQueryString("/staff/recommendations", new Dictionary<string, string?>
    {
        ["status"] = Status?.ToString(),
        ["organisation"] = Organisation,
        ["owner"] = Owner,
        ["inspection"] = Inspection,
        ["dueBefore"] = DueBefore?.Iso(),
        ["q"] = Q,
        ["continuation"] = continuation,
        ["back"] = behind.Length == 0 ? null : string.Join('~', behind.TakeLast(MostBehind)),
    });

    private RecommendationFilter? Filter()
    {
        var organisation = Read(Organisation, nameof(Organisation), OrganisationId.Expected, id => OrganisationId.TryParse(id, null, out var read) ? read : (OrganisationId?)null);
        var owner = Read(Owner, nameof(Owner), OrganisationId.Expected, id => OrganisationId.TryParse(id, null, out var read) ? read : (OrganisationId?)null);
        var inspection = Read(Inspection, nameof(Inspection), InspectionId.Expected, id => InspectionId.TryParse(id, null, out var read) ? read : (InspectionId?)null);
        return ModelState.IsValid
            ? new RecommendationFilter { Status = Status, Organisation = organisation, Owner = owner, Inspection = inspection, DueBefore = DueBefore, Query = Q }
            : null;
    }

    private T? Read<T>(string? text, string field, string expected, Func<string, T?> read)
        where T : struct
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (read(text) is not { } value)
        {
            ModelState.AddModelError(field, expected);
            return null;
        }

        return value;
    }
}
