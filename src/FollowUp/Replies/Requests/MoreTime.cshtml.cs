using System.ComponentModel.DataAnnotations;
using FollowUp.Pages;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>A request for a later deadline. Those above may ask too; staff decide, and until then the deadline stands.</summary>
internal sealed class MoreTime(LinkSession session, OpenLink openLink, SubmitReply submit) : RecommendationPage(session, openLink)
{
    [BindProperty, Display(Name = "The date that you ask for")]
    public DateOnly? DueOn { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    /// <summary>The id that makes sending twice one request.</summary>
    [BindProperty]
    public string? FormId { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!State.Ask.IsOpen)
        {
            return this.SeeOther(Address);
        }

        FormId = DraftRule.NewId();
        (Name, Role) = await SignatureAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var formId = FormId is { Length: > 0 and <= 64 } its ? its : DraftRule.NewId();
        if (await submit.WasTakenAsync(Link, formId, Stop))
        {
            return this.SeeOther(Sent(formId));
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var form = new TimeForm { DueOn = DueOn, Reason = Reason, Name = Name, Role = Role };
        var outcome = await submit.AskForTimeAsync(State.Id, Link, form, formId, Stop);
        if (outcome.Refusal is { } refusal)
        {
            Show(refusal.Problems);
            return Page();
        }

        return this.SeeOther(Sent(formId));
    }
}
