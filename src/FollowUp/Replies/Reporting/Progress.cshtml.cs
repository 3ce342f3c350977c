using FollowUp.Evidence;
using FollowUp.Pages;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>A report of how far the promised actions are, with its evidence. Every button keeps what stands in the form.</summary>
[TakesEvidence]
internal sealed class Progress(LinkSession session, OpenLink openLink, DraftsTable drafts, SaveDraft save, SubmitReply submit, FilesTable evidence, UploadFile upload) : RecommendationPage(session, openLink)
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

    public override string? SavingForm => "report";

    public IReadOnlyList<KeptCopy<TypedUpdate>> Copies { get; private set; } = [];

    /// <summary>The files of the draft.</summary>
    public IReadOnlyList<UploadedFile> Files { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!OwesReport || !MayAnswer)
        {
            return this.SeeOther(Address);
        }

        var draft = (await drafts.FindAsync<TypedUpdate>(State, Stop))?.Value;
        (Name, Role) = await SignatureAsync(draft?.Signature);
        await FillAsync(draft, draft is null or { IsAside: true } ? TypedUpdate.Of(Planned, Today) : draft.Typed);
        return Page();
    }

    /// <param name="do">The button that was pressed.</param>
    /// <param name="files">The files that the page showed, by their ids.</param>
    public async Task<IActionResult> OnPostAsync(string? @do, List<string> files)
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

        var typed = Typed(@do);
        var goal = Goal(@do);
        if (goal is not null && Seen is null && SentFile.Of(HttpContext) is not { Name.Length: > 0 } && DraftRule.Same(typed, TypedUpdate.Of(Planned, Today)))
        {
            return this.SeeOther(goal);
        }

        var copy = @do?.Split(':') is ["drop", var id] ? id : null;
        var outcome = await save.RunAsync(Link, State, Seen, typed, Stop, new TypedSignature(Link.Id, Name, Role), without: copy);
        if (outcome.IsRefused(out var refusal, out var saved))
        {
            return await AgainAsync(typed, refusal.Problems, null);
        }

        if (copy is not null)
        {
            return this.SeeOther(Address + "/progress");
        }

        if (!OwesReport)
        {
            return this.SeeOther(Address + "/receipt");
        }

        // What was saved in the meantime is shown before anything goes on
        var again = $"{Address}/progress#{(saved.Overtook ? "copy-" + saved.Draft.Copies[0].Id : "evidence")}";
        if (@do?.Split(':') is ["remove", var file])
        {
            await upload.RemoveAsync(Link, State.Id, file, Stop);
            return this.SeeOther(again);
        }

        // A file that was chosen is meant, whichever button was pressed
        var uploaded = await UploadAsync(@do);
        if (uploaded.Refusal is { } refused)
        {
            return await AgainAsync(typed, refused.Problems, saved.Draft);
        }

        return @do switch
        {
            _ when goal is not null => this.SeeOther(goal),
            "upload" => this.SeeOther(again),
            _ when saved.Overtook => this.SeeOther(again),
            "complete" => this.SeeOther(Address + "/progress#text"),
            "save" => this.SeeOther(Home),
            _ => await SendAsync(typed, saved.Draft, [.. files, .. uploaded.Value!]),
        };
    }

    /// <summary>Takes the chosen file into the draft, if there is one.</summary>
    private async Task<Outcome<string[]>> UploadAsync(string? button)
    {
        if (button == KeptText.FileLost)
        {
            return Refusal.Invalid("file", "Choose the file again: it could not be kept");
        }

        if (SentFile.Of(HttpContext) is not { Name.Length: > 0 } file)
        {
            return button == "upload" ? Refusal.Invalid("file", "Choose a file to upload") : Array.Empty<string>();
        }

        var outcome = await upload.RunAsync(Link, State.Id, file.Name, file.Content, file.Length, Stop);
        return outcome.IsRefused(out var refusal, out var taken) ? refusal : new[] { taken.File.Id };
    }

    private async Task<IActionResult> SendAsync(TypedUpdate typed, Draft<TypedUpdate> draft, IReadOnlyList<string> files)
    {
        var form = typed.Read() with { Files = files, Name = Name, Role = Role, Declared = Declared };
        var problems = typed.Check(Planned, form, Today).ToList();
        if (problems.Count > 0)
        {
            return await AgainAsync(typed, problems, draft);
        }

        var outcome = await submit.UpdateAsync(State.Id, Link, form, FormId ?? draft.FormId, Stop);
        if (outcome.Refusal is { } refusal && (refusal.Kind == RefusalKind.Invalid || await StillOwesAsync(AskKind.Progress)))
        {
            return await AgainAsync(typed, refusal.Problems, draft);
        }

        // Refused otherwise, somebody else was faster: the draft stays, and the receipt shows both
        if (outcome.Refusal is null && await drafts.FindAsync<TypedUpdate>(State, Stop) is { } row && row.Value.Revision == draft.Revision)
        {
            await drafts.RemoveAsync(row, draft.Revision, Stop);
        }

        return this.SeeOther(Address + "/receipt");
    }

    protected override string Back => Address;

    private TypedUpdate Typed(string? button)
    {
        var actions = Actions.OfType<TypedProgress>().Take(AnswerForm.MostActions).Select(a => a.TargetOn is { IsEmpty: true } ? a with { TargetOn = null } : a);
        var typed = new TypedUpdate { Text = Text, Actions = [.. actions], DeclaredBy = Declared ? Link.Id : null };
        return button == "complete" ? typed with { Actions = [.. typed.Actions.Select(a => a with { Progress = ActionProgress.Complete })] } : typed;
    }

    private async Task<IActionResult> AgainAsync(TypedUpdate typed, IEnumerable<Problem> problems, Draft<TypedUpdate>? draft)
    {
        var (seen, formId) = (Seen, FormId);
        // What was not saved still stands beside the copies that others saved
        await FillAsync(draft ?? (await drafts.FindAsync<TypedUpdate>(State, Stop))?.Value, typed);
        (Seen, FormId) = (draft?.Revision ?? seen, formId ?? FormId);
        Show(problems);
        return Page();
    }

    private async Task FillAsync(Draft<TypedUpdate>? draft, TypedUpdate typed)
    {
        ModelState.Clear();
        (Text, Declared) = (typed.Text, typed.DeclaredBy == Link.Id);
        Actions = [.. Planned.Select(p => typed.Actions.FirstOrDefault(a => a.Number == p.Number) ?? new TypedProgress { Number = p.Number })];
        for (var i = 0; i < Actions.Count; i++)
        {
            Put($"actions[{i}].targetOn", Actions[i].TargetOn);
        }

        Seen = draft is { IsAside: true } ? null : draft?.Revision;
        FormId = draft?.FormId ?? DraftRule.NewId();
        Copies = draft?.Copies ?? [];
        Files = [.. (await evidence.UnsentAsync(Link.OrganisationId, State.Id, Stop)).Select(f => f.Value)];
    }
}
