using FollowUp.Access;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FollowUp.Chasing;

/// <summary>A step in the fields of a form.</summary>
internal sealed class LadderStepFields
{
    public string? Name { get; set; }

    public string? Days { get; set; }

    /// <summary><c>before</c> or <c>after</c>.</summary>
    public string? When { get; set; }

    public List<StepAudience> Audience { get; set; } = [];

    public LadderStepForm ToForm() => new(Name, Days, When switch { "before" => true, "after" => false, _ => null }, Audience);

    public static LadderStepFields Of(LadderStep step) => new()
    {
        Name = step.Name,
        Days = Math.Abs(step.Offset ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        When = step.Offset < 0 ? "before" : "after",
        Audience = [.. step.Audience],
    };
}

/// <summary>Changes the ladder: the steps are typed, what they change is shown, and then they are set.</summary>
internal sealed class ChangeLadderPage(ChangeLadder change, LadderTable ladders) : PageModel
{
    [BindProperty]
    public List<LadderStepFields> Steps { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>The version that the person has seen.</summary>
    [BindProperty]
    public int Version { get; set; }

    public LadderPreview? Preview { get; private set; }

    public static IEnumerable<SelectListItem> Sides { get; } = [new("before the deadline", "before"), new("after the deadline", "after")];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var present = await ladders.ReadAsync(stop);
        Version = present.Version;
        Steps = [.. present.Steps.Where(s => !s.IsNotice).Select(LadderStepFields.Of)];
    }

    public async Task<IActionResult> OnPostAsync(string? press, CancellationToken stop)
    {
        switch (Press.Read(press))
        {
            case { Name: "add", Row: var row } when row <= Steps.Count:
                ModelState.Clear();
                Steps.Insert(row, new LadderStepFields());
                return Page();
            case { Name: "remove", Row: var row } when row < Steps.Count:
                ModelState.Clear();
                Steps.RemoveAt(row);
                return Page();
            case { Name: "back" }:
                return Page();
            case { Name: "confirm" }:
                return await ConfirmAsync(stop);
            default:
                return await PreviewAsync(stop);
        }
    }

    private LadderForm Typed => new([.. Steps.Select(s => s.ToForm())]);

    private async Task<IActionResult> PreviewAsync(CancellationToken stop)
    {
        if ((await change.PreviewAsync(Typed, Reason, Version, stop)).IsRefused(out var refusal, out var preview))
        {
            return await RefuseAsync(refusal, stop);
        }

        Preview = preview;
        return Page();
    }

    private async Task<IActionResult> ConfirmAsync(CancellationToken stop) =>
        (await change.RunAsync(Typed, Reason, Version, User.AsActor(), stop)).IsRefused(out var refusal, out _)
            ? await RefuseAsync(refusal, stop)
            : this.RedirectWithSuccess("/staff/ladder", "The ladder has been changed");

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken stop)
    {
        if (refusal.Kind == RefusalKind.Stale)
        {
            Version = (await ladders.ReadAsync(stop)).Version;
            ModelState.Remove(nameof(Version));
        }

        return this.Refuse(refusal);
    }
}
