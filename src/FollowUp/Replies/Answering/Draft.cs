using System.Text.Json.Serialization;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>What is typed into the form of an answer or of a report.</summary>
internal interface ITyped
{
    /// <summary>What asks for it.</summary>
    static abstract AskKind AskedBy { get; }

    /// <summary>Whether what was sent last says the same.</summary>
    bool WasSent(Recommendation state);
}

/// <summary>What the people of an organisation have typed and not sent yet.</summary>
internal sealed record Draft<T>
    where T : class, ITyped
{
    /// <summary>The id under which it will be sent, whoever presses the button, in whichever tab.</summary>
    public required string FormId { get; init; }

    /// <summary>Changes with every save: a page says by it which text it has seen.</summary>
    public required string Revision { get; init; }

    public required T Typed { get; init; }

    /// <summary>The masked address of the link that it was saved by.</summary>
    public required string SavedBy { get; init; }

    /// <summary>Whose link that was (<see cref="Link.Holder"/>); null in a draft of an earlier release.</summary>
    public string? Holder { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>What others had saved when somebody saved who had not seen it.</summary>
    public IReadOnlyList<KeptCopy<T>> Copies { get; init; } = [];

    /// <summary>The name and job title that somebody put to it last and did not send.</summary>
    public TypedSignature? Signature { get; init; }

    /// <summary>Whether nobody has typed anything for the present ask: what there was for an earlier one stands among the copies.</summary>
    [JsonIgnore]
    public bool IsAside { get; init; }
}

/// <summary>Who somebody says they are; nobody who comes by another link is shown it.</summary>
internal sealed record TypedSignature(string LinkId, string? Name, string? Role);

/// <summary>A text that was overtaken by another one and is kept beside it.</summary>
internal sealed record KeptCopy<T>(string Id, T Typed, string SavedBy, DateTimeOffset SavedAt, string? Holder = null);

/// <summary>How what is typed becomes the draft.</summary>
internal static class DraftRule
{
    /// <param name="before">The draft as it is stored, or none.</param>
    /// <param name="seen">The revision that the person's page started from; null when there was none.</param>
    /// <param name="typed">What the person has typed.</param>
    /// <param name="savedBy">The masked address of the person's link.</param>
    /// <param name="now">The moment.</param>
    /// <param name="holder">Whose link it is.</param>
    public static Draft<T> Save<T>(Draft<T>? before, string? seen, T typed, string savedBy, DateTimeOffset now, string? holder = null)
        where T : class, ITyped
    {
        var isSame = before is { IsAside: false } && Same(before.Typed, typed);
        var unseen = before is { IsAside: false } && before.Revision != seen && !isSame;
        IEnumerable<KeptCopy<T>> kept = unseen ? [AsCopy(before!), .. before!.Copies] : before?.Copies ?? [];
        return new Draft<T>
        {
            FormId = before?.FormId ?? NewId(),
            Revision = isSame ? before!.Revision : NewId(),
            Typed = typed,
            SavedBy = savedBy,
            Holder = holder,
            SavedAt = now,
            Copies = [.. kept.Where(c => !Same(c.Typed, typed))],
            Signature = before?.Signature,
        };
    }

    /// <summary>Whether a draft was meant for what is asked now, and not for an earlier ask under which something was sent.</summary>
    /// <param name="savedUnder">The version of the ask under which it was saved; null where nobody has noted it.</param>
    /// <param name="state">The recommendation, which asks for what the draft is.</param>
    public static bool IsForNow(int? savedUnder, Recommendation state) =>
        savedUnder is null || savedUnder >= state.Ask.OpenedAs || (state.Ask.Kind == AskKind.Response ? state.Answer is null : state.Updates.Count == 0);

    /// <summary>The draft of an earlier ask: a new form begins without its text, which stays beside it unless it was sent.</summary>
    public static Draft<T> Aside<T>(Draft<T> draft, Recommendation state)
        where T : class, ITyped => draft with
        {
            IsAside = true,
            FormId = NewId(),
            Copies = [.. draft.Copies.Prepend(AsCopy(draft)).Where(c => !c.Typed.WasSent(state))],
            Signature = null,
        };

    /// <summary>The draft without a text that its readers need no more: a copy, or its own; null when nothing is left.</summary>
    public static Draft<T>? Without<T>(Draft<T> draft, string id)
        where T : class, ITyped => draft.Revision == id && !draft.IsAside ? AfterSending(draft) : draft with { Copies = [.. draft.Copies.Where(c => c.Id != id)] };

    /// <summary>What is left once the draft's own text was sent: the copies, or nothing.</summary>
    public static Draft<T>? AfterSending<T>(Draft<T> draft)
        where T : class, ITyped => draft.Copies is [var first, ..]
            ? new Draft<T> { FormId = NewId(), Revision = first.Id, Typed = first.Typed, SavedBy = first.SavedBy, SavedAt = first.SavedAt, Holder = first.Holder, Copies = [.. draft.Copies.Skip(1)] }
            : null;

    public static bool Same<T>(T one, T other) => Json.Write(one) == Json.Write(other);

    public static string NewId() => Guid.NewGuid().ToString("n");

    private static KeptCopy<T> AsCopy<T>(Draft<T> draft)
        where T : class, ITyped => new(draft.Revision, draft.Typed, draft.SavedBy, draft.SavedAt, draft.Holder);
}
