using FollowUp.Access;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Recommendations;

/// <summary>
/// A page on which staff decide something about one recommendation. It knows the version that the person saw, so that
/// two people do not undo each other's work, and carries the form's own id, so that a second click changes nothing.
/// </summary>
internal abstract class CommandPage(FindRecommendations find, ChangeRecommendation change, ReadSituation readSituation) : PageModel
{
    /// <summary>The version of the recommendation that the person has seen.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? FormId { get; set; }

    public FoundRecommendation Found { get; private set; } = null!;

    public Situation Situation { get; private set; } = null!;

    /// <summary>Whether somebody else changed the recommendation while the form was being filled in.</summary>
    public bool IsStale { get; private set; }

    public Recommendation State => Found.State;

    public string Address => $"/staff/recommendations/{State.Id}";

    /// <summary>What is said when it is done.</summary>
    protected abstract string Done { get; }

    public async Task<IActionResult> OnGetAsync(string inspection, string number, CancellationToken stop)
    {
        if (!await LoadAsync(inspection, number, stop))
        {
            return NotFound();
        }

        FormId = Guid.NewGuid().ToString("n");
        Version = State.Version;
        Prepare();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string inspection, string number, CancellationToken stop)
    {
        if (!await LoadAsync(inspection, number, stop))
        {
            return NotFound();
        }

        LeaveOutUnasked();
        if (!ModelState.IsValid)
        {
            // A field could not be read, so nothing may be written; the rule says what else is wrong
            return this.Refuse(Decide(State, Situation).Refusal ?? new Refusal(RefusalKind.Invalid, []));
        }

        var outcome = await CarryOutAsync(Command.By(User.AsActor(), FormId, Version), stop);
        if (!outcome.IsRefused(out var refusal, out _))
        {
            return this.RedirectWithSuccess(Address, Done);
        }

        if (refusal.Kind == RefusalKind.Stale && await LoadAsync(inspection, number, stop))
        {
            IsStale = true;
            Version = State.Version;
        }

        return this.Refuse(refusal);
    }

    /// <summary>What the person decided, as the rule takes it.</summary>
    protected abstract Outcome<Change> Decide(Recommendation state, Situation situation);

    protected virtual Task<Outcome<Recommendation>> CarryOutAsync(Command command, CancellationToken stop) => change.RunAsync(State.Id, command, Decide, stop);

    /// <summary>Fills in what the form suggests.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Forgives what is wrong in a field that the person's choice does not ask for.</summary>
    protected virtual void LeaveOutUnasked()
    {
    }

    private async Task<bool> LoadAsync(string inspection, string number, CancellationToken stop)
    {
        Situation = await readSituation.RunAsync(stop);
        if (!InspectionId.TryParse(inspection, null, out var inspectionId)
            || !RecommendationNumber.TryParse(number, null, out var recommendationNumber)
            || await find.FindAsync(new RecommendationId(inspectionId, recommendationNumber), stop) is not { } found)
        {
            return false;
        }

        Found = found;
        ViewData["Nav"] = "staff";
        ViewData["BackLink"] = Address;
        return true;
    }
}
