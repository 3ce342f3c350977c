using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>What the people of an organisation have typed and not sent yet.</summary>
internal sealed record Draft<T>
    where T : class
{
    /// <summary>The id under which it will be sent, whoever presses the button, in whichever tab.</summary>
    public required string FormId { get; init; }

    /// <summary>Changes with every save: a page says by it which text it has seen.</summary>
    public required string Revision { get; init; }

    public required T Typed { get; init; }

    /// <summary>The masked address of the link that it was saved by.</summary>
    public required string SavedBy { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>What others had saved when somebody saved who had not seen it.</summary>
    public IReadOnlyList<KeptCopy<T>> Copies { get; init; } = [];

    /// <summary>The name and job title that somebody put to it last and did not send.</summary>
    public TypedSignature? Signature { get; init; }
}

/// <summary>Who somebody says they are; nobody who comes by another link is shown it.</summary>
internal sealed record TypedSignature(string LinkId, string? Name, string? Role);

/// <summary>A text that was overtaken by another person's and is kept beside it.</summary>
internal sealed record KeptCopy<T>(string Id, T Typed, string SavedBy, DateTimeOffset SavedAt);

/// <summary>How what is typed becomes the draft.</summary>
internal static class DraftRule
{
    /// <param name="before">The draft as it is stored, or none.</param>
    /// <param name="seen">The revision that the person's page started from; null when there was none.</param>
    /// <param name="typed">What the person has typed.</param>
    /// <param name="savedBy">The masked address of the person's link.</param>
    /// <param name="now">The moment.</param>
    public static Draft<T> Save<T>(Draft<T>? before, string? seen, T typed, string savedBy, DateTimeOffset now)
        where T : class
    {
        var isSame = before is not null && Same(before.Typed, typed);
        var unseen = before is not null && before.Revision != seen && !isSame;
        IEnumerable<KeptCopy<T>> kept = unseen
            ? [new KeptCopy<T>(before!.Revision, before.Typed, before.SavedBy, before.SavedAt), .. before.Copies]
            : before?.Copies ?? [];
        return new Draft<T>
        {
            FormId = before?.FormId ?? NewId(),
            Revision = isSame ? before!.Revision : NewId(),
            Typed = typed,
            SavedBy = savedBy,
            SavedAt = now,
            Copies = [.. kept.Where(c => !Same(c.Typed, typed))],
            Signature = before?.Signature,
        };
    }

    /// <summary>The draft without a copy that its readers need no more.</summary>
    public static Draft<T> WithoutCopy<T>(Draft<T> draft, string copyId)
        where T : class => draft with { Copies = [.. draft.Copies.Where(c => c.Id != copyId)] };

    /// <summary>What is left once the draft's own text was sent: the copies, or nothing.</summary>
    public static Draft<T>? AfterSending<T>(Draft<T> draft)
        where T : class => draft.Copies is [var first, ..]
            ? new Draft<T> { FormId = NewId(), Revision = first.Id, Typed = first.Typed, SavedBy = first.SavedBy, SavedAt = first.SavedAt, Copies = [.. draft.Copies.Skip(1)] }
            : null;

    public static bool Same<T>(T one, T other) => Json.Write(one) == Json.Write(other);

    public static string NewId() => Guid.NewGuid().ToString("n");
}
