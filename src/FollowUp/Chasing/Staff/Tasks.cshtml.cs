using FollowUp.Access;
using FollowUp.Organisations;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Chasing;

/// <summary>What staff must do something about.</summary>
internal sealed class TasksPage(TasksTable tasks, DoTask doTask, OrganisationsTable organisations) : PageModel
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
        var outcome = await doTask.DoneAsync(OrganisationId.TryParse(organisation, null, out var id) ? id : null, key, User.AsActor(), stop);
        if (!outcome.IsRefused(out var refusal, out var task))
        {
            return this.RedirectWithSuccess("/staff/tasks", $"Done: {task.What}");
        }

        await OnGetAsync(stop);
        return this.Refuse(refusal);
    }
}

/// <summary>What staff have done, and who did it.</summary>
internal sealed class TasksDonePage(TasksTable tasks, OrganisationsTable organisations) : PageModel
{
    private const int PageSize = 50;

    /// <summary>Where to go on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<StaffTask> Done { get; private set; } = [];

    public string? Next { get; private set; }

    public OrganisationDirectory Directory { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop)
    {
        (Done, Next) = await tasks.DoneTasksAsync(After, PageSize, stop);
        Directory = await organisations.ReadAllAsync(stop);
    }
}
