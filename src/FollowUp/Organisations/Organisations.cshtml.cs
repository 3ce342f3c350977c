using FollowUp.Time;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Organisations;

/// <summary>The directory of organisations.</summary>
internal sealed class OrganisationsPage(OrganisationsTable organisations, IClock clock) : PageModel
{
    public OrganisationDirectory Directory { get; private set; } = null!;

    public DateOnly Today { get; } = clock.UtcNow.LondonDate();

    public async Task OnGetAsync(CancellationToken stop) => Directory = await organisations.ReadAllAsync(stop);
}
