using FollowUp.Evidence;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Replies;

/// <summary>A text that was typed and not sent.</summary>
/// <param name="Id">Its id within the draft.</param>
/// <param name="IsOwn">Whether it was saved by the link of whoever reads it.</param>
internal sealed record NotSentText<T>(string Id, T Typed, string SavedBy, DateTimeOffset SavedAt, bool IsOwn);

/// <summary>What was typed and can be sent no more: somebody else was faster, or the recommendation was closed. What was sent does not count.</summary>
/// <param name="Answers">The answers that were not sent, the last one first.</param>
/// <param name="Reports">The reports that were not sent, the last one first.</param>
/// <param name="Files">The files that were to go with a report.</param>
/// <param name="HasOwn">Whether any of it came by the link of whoever reads it.</param>
internal sealed record NotSent(IReadOnlyList<NotSentText<TypedAnswer>> Answers, IReadOnlyList<NotSentText<TypedUpdate>> Reports, IReadOnlyList<UploadedFile> Files, bool HasOwn)
{
    /// <summary>What a note says in its place; null when there is no such text.</summary>
    public string? AsNote(string id) =>
        Answers.FirstOrDefault(a => a.Id == id) is { } answer ? NoteWords.Of(answer.Typed)
        : Reports.FirstOrDefault(r => r.Id == id) is { } report ? NoteWords.Of(report.Typed)
        : null;
}

/// <summary>Finds what was typed and not sent when nothing of its kind is asked for any more.</summary>
internal sealed class FindNotSent(DraftsTable drafts, FilesTable evidence)
{
    public async Task<NotSent> RunAsync(Recommendation state, Link link, CancellationToken stop)
    {
        var answers = Read(await FindAsync<TypedAnswer>(state, stop), state, link);
        var reports = Read(await FindAsync<TypedUpdate>(state, stop), state, link);
        var files = reports.Count == 0 ? [] : (await evidence.UnsentAsync(state.OrganisationId, state.Id, stop)).Select(f => f.Value).Where(f => f.State != FileState.Refused).ToList();
        return new NotSent(answers, reports, files, answers.Any(a => a.IsOwn) || reports.Any(r => r.IsOwn) || files.Any(f => link.IsHeldBy(f.Holder, f.UploadedBy)));
    }

    /// <summary>Takes away a text that nobody needs any more: somebody says so, or has sent it as a note.</summary>
    public async Task RemoveAsync(Recommendation state, string id, CancellationToken stop)
    {
        await RemoveAsync(await FindAsync<TypedAnswer>(state, stop), id, stop);
        await RemoveAsync(await FindAsync<TypedUpdate>(state, stop), id, stop);
    }

    /// <summary>The draft, unless something of its kind is asked for: then the form shows it. Nobody reports before there is an answer.</summary>
    private async Task<Row<Draft<T>>?> FindAsync<T>(Recommendation state, CancellationToken stop)
        where T : class, ITyped =>
        state.Ask.IsOpen && state.Ask.Kind == T.AskedBy || T.AskedBy == AskKind.Progress && state.Answer is null ? null : await drafts.FindAsync<T>(state, stop);

    private async Task RemoveAsync<T>(Row<Draft<T>>? row, string id, CancellationToken stop)
        where T : class, ITyped
    {
        if (row is not null && (row.Value.Revision == id || row.Value.Copies.Any(c => c.Id == id)))
        {
            await drafts.RemoveAsync(row, id, stop);
        }
    }

    private static List<NotSentText<T>> Read<T>(Row<Draft<T>>? row, Recommendation state, Link reader)
        where T : class, ITyped => row?.Value is not { } draft ? [] :
    [
        .. draft.Copies.Prepend(new KeptCopy<T>(draft.Revision, draft.Typed, draft.SavedBy, draft.SavedAt, draft.Holder))
            .Where(text => !text.Typed.WasSent(state))
            .Select(text => new NotSentText<T>(text.Id, text.Typed, text.SavedBy, text.SavedAt, reader.IsHeldBy(text.Holder, text.SavedBy))),
    ];
}
