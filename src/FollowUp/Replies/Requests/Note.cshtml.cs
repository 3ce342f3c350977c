using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>What an organisation still wants to say when a recommendation is closed: a note for staff.</summary>
internal sealed class Note(LinkSession session, OpenLink openLink, SubmitReply submit, FindNotSent findNotSent) : RecommendationPage(session, openLink)
{
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    /// <summary>The id that makes sending twice one note.</summary>
    [BindProperty]
    public string? FormId { get; set; }

    /// <summary>The id of the text that came too late and that the note begins with; null when it begins empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    private bool TakesNotes => MayAnswer && State.Status == RecommendationStatus.Closed;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!TakesNotes)
        {
            return this.SeeOther(Address);
        }

        Text = From is { } late ? (await findNotSent.RunAsync(State, Link, Stop)).AsNote(late) : null;
        From = Text is null ? null : From;
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

        if (!MayAnswer)
        {
            return this.SeeOther(Address);
        }

        var outcome = await submit.NoteAsync(State, Link, new NoteForm(Text, Name, Role), formId, Stop);
        if (outcome.Refusal is { } refusal)
        {
            Show(refusal.Problems);
            return Page();
        }

        if (From is { } late)
        {
            await findNotSent.RemoveAsync(State, late, Stop);
        }

        return this.SeeOther(Sent(formId));
    }
}
