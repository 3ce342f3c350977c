using FollowUp.Contacts;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>Names a colleague to take over or to join. Those above may name a contact of the organisation, too.</summary>
internal sealed class Colleague(LinkSession session, OpenLink openLink, NameContact nameContact) : LinkPage(session, openLink)
{
    /// <summary><c>instead</c> or <c>beside</c>.</summary>
    [BindProperty]
    public string? Change { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary><c>main</c> or <c>second</c>.</summary>
    [BindProperty]
    public string? Role { get; set; }

    /// <summary>The id that makes sending twice one nomination.</summary>
    [BindProperty]
    public string? FormId { get; set; }

    /// <summary>What has become of it; null while the form is being filled in.</summary>
    public Nomination? Named { get; private set; }

    public void OnGet() => FormId = DraftRule.NewId();

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await nameContact.RunAsync(Link, new NominationForm(Name, Email, Role, Change), FormId ?? DraftRule.NewId(), Stop);
        if (outcome.IsRefused(out var refusal, out var named))
        {
            if (refusal.Kind == RefusalKind.NotFound)
            {
                return LinkNotFound.Answer();
            }

            this.Explain(refusal, field => field.UpperFirst());
            return Page();
        }

        // Told at once and not after a redirect: whoever was replaced has no link any more
        Named = named;
        return Page();
    }

    protected override Task<OpenedLink?> ReadAsync(Link link) => OpenLink.ReadAllAsync(link, Stop);
}
