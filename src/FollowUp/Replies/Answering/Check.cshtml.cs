using System.Text.RegularExpressions;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FollowUp.Replies;

/// <summary>Everything that was entered, with the declaration; sending it is the answer.</summary>
internal sealed partial class Check(LinkSession session, OpenLink openLink, DraftsTable drafts, SaveDraft save, SubmitReply submit) : RecommendationPage(session, openLink)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public bool Declared { get; set; }

    /// <summary>The id that makes sending twice one answer.</summary>
    [BindProperty]
    public string? FormId { get; set; }

    /// <summary>The revision of the draft that this page shows.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public TypedAnswer Typed { get; private set; } = new();

    public bool HasCopies { get; private set; }

    /// <summary>Whether somebody has changed the answer since the person saw it.</summary>
    public bool HasChanged { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!OwesAnswer || !MayAnswer)
        {
            return this.SeeOther(Address);
        }

        if (await drafts.FindAsync<TypedAnswer>(State, Stop) is not { Value.IsAside: false } row)
        {
            return this.SeeOther(Address);
        }

        if (row.Value.Typed.Check(Today).Any())
        {
            return this.SeeOther(Address + "?check=true");
        }

        Look(row.Value);
        (Name, Role) = await SignatureAsync(row.Value.Signature);
        return Page();
    }

    /// <param name="do">The button that was pressed: <c>change:position</c> goes back to that field, <c>go:back</c> to the form, anything else sends the answer.</param>
    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        if (!MayAnswer)
        {
            return this.SeeOther(Address);
        }

        if (!OwesAnswer || FormId is { } sent && await submit.WasTakenAsync(Link, sent, Stop))
        {
            return this.SeeOther(Address + "/receipt");
        }

        if (await drafts.FindAsync<TypedAnswer>(State, Stop) is not { Value.IsAside: false } row)
        {
            return this.SeeOther(Address);
        }

        if (@do?.Split(':') is [("change" or "go") and var button, var field])
        {
            var kept = await save.SignAsync<TypedAnswer>(Link, State, new TypedSignature(Link.Id, Name, Role), Stop);
            return kept.IsRefused(out var notKept, out _) ? Again(row.Value, notKept.Problems) : this.SeeOther(button == "change" && Field().IsMatch(field) ? $"{Address}#{field}" : Address);
        }

        if (row.Value.Revision != Seen)
        {
            HasChanged = true;
            Look(row.Value);
            // What was declared correct was another text
            Declared = false;
            return Page();
        }

        if (row.Value.Typed.Check(Today).Any())
        {
            return this.SeeOther(Address + "?check=true");
        }

        var form = row.Value.Typed.Read() with { Name = Name, Role = Role, Declared = Declared };
        var outcome = await submit.AnswerAsync(State.Id, Link, form, row.Value.FormId, Stop);
        if (outcome.Refusal is { } refusal && (refusal.Kind == RefusalKind.Invalid || await StillOwesAsync(AskKind.Response)))
        {
            return Again(row.Value, refusal.Problems);
        }

        // Refused otherwise, somebody else was faster: the draft stays, and the receipt shows both
        if (outcome.Refusal is null)
        {
            await drafts.RemoveAsync(row, row.Value.Revision, Stop);
        }

        return this.SeeOther(Address + "/receipt");
    }

    private PageResult Again(Draft<TypedAnswer> draft, IEnumerable<Problem> problems)
    {
        Look(draft);
        Show(problems);
        return Page();
    }

    [GeneratedRegex(@"^\w{1,40}$", RegexOptions.ECMAScript)]
    private static partial Regex Field();

    private void Look(Draft<TypedAnswer> draft)
    {
        ModelState.Clear();
        Typed = draft.Typed;
        Seen = draft.Revision;
        FormId = draft.FormId;
        HasCopies = draft.Copies.Count > 0;
    }
}
