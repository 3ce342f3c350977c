using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>A report of how far the promised actions are.</summary>
internal sealed class Progress(LinkSession session, OpenLink openLink, DraftsTable drafts, SaveDraft save, SubmitReply submit) : RecommendationPage(session, openLink)
{
    [BindProperty]
    public List<TypedProgress> Actions { get; set; } = [];

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public bool Declared { get; set; }

    /// <summary>The id that makes sending twice one report.</summary>
    [BindProperty]
    public string? FormId { get; set; }

    /// <summary>The revision of the draft that this page shows.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public IReadOnlyList<PlannedAction> Planned => State.Answer!.Actions;

    public IReadOnlyList<KeptCopy<TypedUpdate>> Copies { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!OwesReport || !MayAnswer)
        {
            return this.SeeOther(Address);
        }

        var draft = (await drafts.FindAsync<TypedUpdate>(Link.OrganisationId, State.Id, Stop))?.Value;
        var last = draft is null ? await OpenLink.LastSignatureAsync(Link, Stop) : null;
        Fill(draft, draft?.Typed ?? TypedUpdate.Of(Planned, Today) with { Name = last?.Name, Role = last?.Role });
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        if (!MayAnswer)
        {
            return this.SeeOther(Address);
        }

        var sentBefore = FormId is { } sent && await submit.WasTakenAsync(Link, sent, Stop);
        if (sentBefore || State.Answer is null)
        {
            return this.SeeOther(Address + "/receipt");
        }

        var typed = new TypedUpdate { Text = Text, Actions = [.. Actions.Take(AnswerForm.MostActions)], Name = Name, Role = Role };
        var outcome = await save.RunAsync(Link, State.Id, Seen, typed, Stop);
        if (outcome.IsRefused(out var refusal, out var saved))
        {
            return Again(typed, refusal.Problems, null);
        }

        if (@do?.Split(':') is ["drop", var copy])
        {
            await save.DropCopyAsync<TypedUpdate>(Link, State.Id, copy, Stop);
            return this.SeeOther(Address + "/progress");
        }

        if (saved.Overtook || !OwesReport)
        {
            return this.SeeOther(Address + (OwesReport ? "/progress" : "/receipt"));
        }

        return @do == "save" ? this.SeeOther(Home) : await SendAsync(typed, saved.Draft);
    }

    private async Task<IActionResult> SendAsync(TypedUpdate typed, Draft<TypedUpdate> draft)
    {
        var problems = typed.Check(Planned, Declared, Today).ToList();
        if (problems.Count > 0)
        {
            return Again(typed, problems, draft);
        }

        var outcome = await submit.UpdateAsync(State.Id, Link, typed.Read(Declared), FormId ?? draft.FormId, Stop);
        if (outcome.Refusal is { Kind: RefusalKind.Invalid } refusal)
        {
            return Again(typed, refusal.Problems, draft);
        }

        // Refused otherwise, somebody else was faster: the draft stays, and the receipt shows both
        if (outcome.Refusal is null && await drafts.FindAsync<TypedUpdate>(Link.OrganisationId, State.Id, Stop) is { } row && row.Value.Revision == draft.Revision)
        {
            await drafts.RemoveAsync(row, Stop);
        }

        return this.SeeOther(Address + "/receipt");
    }

    private IActionResult Again(TypedUpdate typed, IEnumerable<Problem> problems, Draft<TypedUpdate>? draft)
    {
        var (seen, formId) = (Seen, FormId);
        Fill(draft, typed);
        (Seen, FormId) = (draft?.Revision ?? seen, formId ?? FormId);
        Show(problems);
        return Page();
    }

    private void Fill(Draft<TypedUpdate>? draft, TypedUpdate typed)
    {
        ModelState.Clear();
        (Text, Name, Role) = (typed.Text, typed.Name, typed.Role);
        Actions = [.. Planned.Select(p => typed.Actions.FirstOrDefault(a => a.Number == p.Number) ?? new TypedProgress { Number = p.Number })];
        for (var i = 0; i < Actions.Count; i++)
        {
            Put($"actions[{i}].targetOn", Actions[i].TargetOn);
        }

        Seen = draft?.Revision;
        FormId = draft?.FormId ?? DraftRule.NewId();
        Copies = draft?.Copies ?? [];
    }
}
