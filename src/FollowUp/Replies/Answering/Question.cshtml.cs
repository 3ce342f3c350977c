using System.Globalization;
using FollowUp.Pages;
using FollowUp.Recommendations;
using FollowUp.Storage;
using Microsoft.AspNetCore.Mvc;

namespace FollowUp.Replies;

/// <summary>One recommendation: what is asked, what was said before, and the answer while it is being written.</summary>
internal sealed class Question(LinkSession session, OpenLink openLink, DraftsTable drafts, SaveDraft save, SubmitReply submit, ReadHistory history, FindNotSent findNotSent) : RecommendationPage(session, openLink)
{
    [BindProperty]
    public Position? Position { get; set; }

    [BindProperty]
    public string? AgreedPart { get; set; }

    [BindProperty]
    public string? WhyPartly { get; set; }

    [BindProperty]
    public string? WhyNot { get; set; }

    [BindProperty]
    public List<TypedAction> Actions { get; set; } = [];

    /// <summary>The revision of the draft that this page shows.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public IReadOnlyList<KeptCopy<TypedAnswer>> Copies { get; private set; } = [];

    /// <summary>Who saved the draft last, and when.</summary>
    public (string By, DateTimeOffset At)? Saved { get; private set; }

    /// <summary>Whether the form begins with the answer that was returned.</summary>
    public bool StartsFromReturned { get; private set; }

    public IReadOnlyList<Said> History { get; private set; } = [];

    /// <summary>Whether something of the history cannot be read.</summary>
    public bool IsHistoryCut { get; private set; }

    /// <summary>Why an answer is asked for again; null when it is the first one.</summary>
    public Said? AskedAgain => OwesAnswer ? History.FirstOrDefault(said => said.AsksAgain) : null;

    public bool CanAnswer => OwesAnswer && MayAnswer;

    public override string? SavingForm => CanAnswer ? "answer" : null;

    /// <summary>Whether the person comes from sending a note or a request for time, and it was taken.</summary>
    public bool HasSent { get; private set; }

    /// <param name="check">Whether to say at once what is missing, for those who come back from checking.</param>
    /// <param name="sent">The id of the form that the person comes from.</param>
    public async Task OnGetAsync(bool check, string? sent)
    {
        HasSent = sent is not null && await submit.WasTakenAsync(Link, sent, Stop);
        await LookBackAsync();
        if (!CanAnswer)
        {
            return;
        }

        var draft = (await drafts.FindAsync<TypedAnswer>(State, Stop))?.Value;
        var isNew = draft is null or { IsAside: true };
        StartsFromReturned = isNew && State.Answer is not null;
        var typed = isNew ? NewAnswer() : draft!.Typed;
        Fill(draft, typed);
        if (check)
        {
            Show(typed.Check(Today));
        }
    }

    public async Task<IActionResult> OnPostAsync(string? @do)
    {
        if (MayAnswer && @do?.Split(':') is ["forget", var text])
        {
            await findNotSent.RemoveAsync(State, text, Stop);
            return this.SeeOther(Address);
        }

        if (!CanAnswer)
        {
            return await TooLateAsync();
        }

        if (@do?.Split(':') is ["drop", var copy])
        {
            return await DropAsync(copy);
        }

        var typed = Typed(@do);
        if (Seen is null && typed.IsEmpty && @do == "continue")
        {
            return await AgainAsync(typed, typed.Check(Today), null);
        }

        var goal = Goal(@do);
        if (goal is not null && Seen is null && (typed.IsEmpty || DraftRule.Same(typed, NewAnswer())))
        {
            return this.SeeOther(goal);
        }

        var outcome = await save.RunAsync(Link, State, Seen, typed, Stop);
        if (outcome.IsRefused(out var refusal, out var saved))
        {
            return await AgainAsync(typed, refusal.Problems, null);
        }

        if (goal is not null)
        {
            return this.SeeOther(goal);
        }

        // What somebody else saved in the meantime is shown before anything goes on
        return saved.Overtook ? this.SeeOther($"{Address}#copy-{saved.Draft.Copies[0].Id}") : @do switch
        {
            "add" => this.SeeOther($"{Address}#actions_{typed.Actions.Count - 1}__step"),
            "save" => this.SeeOther(Home),
            "continue" => typed.Check(Today).ToList() is { Count: > 0 } problems
                ? await AgainAsync(typed, problems, saved.Draft)
                : this.SeeOther(Address + "/check"),
            _ => this.SeeOther(Address + "#actions"),
        };
    }

    /// <summary>Somebody else has answered, or the recommendation was closed, while the person was typing: the text is kept and shown.</summary>
    private async Task<IActionResult> TooLateAsync()
    {
        var typed = Typed(null);
        if (MayAnswer && !typed.IsEmpty && (await save.RunAsync(Link, State, Seen, typed, Stop)).Refusal is { } refusal
            && await KeptText.AnswerAsync(HttpContext, KeptBecause.Failed, refusal.Problems[0].Message) is { } kept)
        {
            return kept;
        }

        return this.SeeOther(State.Answer is null ? Address : Address + "/receipt");
    }

    private async Task<IActionResult> DropAsync(string copy)
    {
        // What stands in the form goes with the press of this button as with any other
        var typed = Typed(null);
        var outcome = await save.RunAsync(Link, State, Seen, typed, Stop, without: copy);
        return outcome.Refusal is { } refusal ? await AgainAsync(typed, refusal.Problems, null) : this.SeeOther(Address);
    }

    private async Task<IActionResult> AgainAsync(TypedAnswer typed, IEnumerable<Problem> problems, Draft<TypedAnswer>? draft)
    {
        await LookBackAsync();
        draft ??= (await drafts.FindAsync<TypedAnswer>(State, Stop))?.Value;
        var seen = Seen;
        Fill(draft, typed);
        // Not saved: the next save must still know what this page has not seen
        Seen = draft?.Typed == typed ? draft.Revision : seen;
        Show(problems);
        return Page();
    }

    private async Task LookBackAsync()
    {
        var unreadable = new List<UnreadableRow>();
        History = await history.RunAsync(State, unreadable, Stop);
        IsHistoryCut = unreadable.Count > 0;
        NotSent = MayAnswer ? await findNotSent.RunAsync(State, Link, Stop) : null;
    }

    /// <summary>What a new form begins with: the answer that is to be changed, or nothing.</summary>
    private TypedAnswer NewAnswer() => State.Answer is { } answer ? TypedAnswer.Of(answer) : new TypedAnswer();

    /// <summary>What the form holds, with the action that its button adds or takes away.</summary>
    private TypedAnswer Typed(string? button)
    {
        // A field of the list's own name, which no page of ours sends, is bound as nothing
        var actions = Actions.OfType<TypedAction>().Take(AnswerForm.MostActions).ToList();
        if (button == "add" && actions.Count < AnswerForm.MostActions)
        {
            actions.Add(new TypedAction());
        }
        else if (button?.Split(':') is ["remove", var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < actions.Count)
        {
            actions.RemoveAt(index);
        }

        return new TypedAnswer { Position = Position, AgreedPart = AgreedPart, WhyPartly = WhyPartly, WhyNot = WhyNot, Actions = actions };
    }

    private void Fill(Draft<TypedAnswer>? draft, TypedAnswer typed)
    {
        ModelState.Clear();
        (Position, AgreedPart, WhyPartly, WhyNot) = (typed.Position, typed.AgreedPart, typed.WhyPartly, typed.WhyNot);
        Actions = typed.Actions.Count > 0 ? [.. typed.Actions] : [new TypedAction()];
        for (var i = 0; i < Actions.Count; i++)
        {
            Put($"actions[{i}].targetOn", Actions[i].TargetOn);
        }

        var own = draft is { IsAside: true } ? null : draft;
        Seen = own?.Revision;
        Saved = own is null ? null : (own.SavedBy, own.SavedAt);
        Copies = draft?.Copies ?? [];
    }
}
