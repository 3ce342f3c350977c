using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Pages;
using FollowUp.Recommendations;
using FollowUp.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>What staff must do something about.</summary>
internal sealed class TasksPage(TasksTable tasks, OrganisationsTable organisations, IClock clock) : PageModel
{
    public IReadOnlyList<StaffTask> Open { get; private set; } = [];

    public OrganisationDirectory Directory { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop)
    {
        Open = await tasks.OpenTasksAsync(stop);
        Directory = await organisations.ReadAllAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(string? organisation, string? key, CancellationToken stop)
    {
        if (!OrganisationId.TryParse(organisation, null, out var id) || key is null or { Length: > 300 } || await tasks.FindAsync(id, key, stop) is not { } row || row.Value is { Kind: TaskKind.ContactNamed, DoneAt: null })
        {
            // A contact that was named is decided on a page of its own
            return NotFound();
        }

        // Done twice, or by two people at once, it is done
        if (row.Value.DoneAt is null)
        {
            await tasks.CompleteAsync(row, clock.UtcNow, User.AsActor().Name, stop);
        }

        return this.RedirectWithSuccess("/staff/tasks", "Task done");
    }

    /// <summary>Where the task can be dealt with.</summary>
    public static (string Href, string Words) Remedy(StaffTask task) => task switch
    {
        { Kind: TaskKind.NoContact or TaskKind.AddressSuspended } => ($"/staff/organisations/{task.OrganisationId}/edit", "Change the contacts"),
        { Kind: TaskKind.ContactNamed, Subject: { } named } => ($"/staff/organisations/{task.OrganisationId}/named/{named}", "See who was named"),
        { Recommendation: { } recommendation } => ($"/staff/recommendations/{recommendation}", "Open the recommendation"),
        _ => ($"/staff/organisations/{task.OrganisationId}", "Open the organisation"),
    };
}
