using FollowUp.Evidence;
using FollowUp.Recommendations;

namespace FollowUp.Replies;

/// <summary>What was typed and can be sent no more: somebody else was faster, or the recommendation was closed. What was sent does not count.</summary>
/// <param name="Answer">The answer that was not sent.</param>
/// <param name="Report">The report that was not sent.</param>
/// <param name="Files">The files that were to go with that report.</param>
internal sealed record NotSent(Draft<TypedAnswer>? Answer, Draft<TypedUpdate>? Report, IReadOnlyList<UploadedFile> Files)
{
    /// <summary>Whether any of it came by the link of an address.</summary>
    public bool HasAnyBy(string masked) =>
        Has(Answer, masked) || Has(Report, masked) || Files.Any(f => f.UploadedBy == masked);

    private static bool Has<T>(Draft<T>? draft, string masked)
        where T : class => draft?.SavedBy == masked || draft?.Copies.Any(c => c.SavedBy == masked) == true;
}

/// <summary>Finds what was typed and not sent when nothing of its kind is asked for any more.</summary>
internal sealed class FindNotSent(DraftsTable drafts, FilesTable evidence)
{
    public async Task<NotSent> RunAsync(Recommendation state, CancellationToken stop)
    {
        var owed = state.Ask is { IsOpen: true } ask ? ask.Kind : (AskKind?)null;
        // Nobody reports before there is an answer
        var report = owed == AskKind.Progress || state.Answer is null ? null : await ReportAsync(state, stop);
        return new NotSent(
            owed == AskKind.Response ? null : await AnswerAsync(state, stop),
            report,
            report is null ? [] : [.. (await evidence.UnsentAsync(state.OrganisationId, state.Id, stop)).Select(f => f.Value).Where(f => f.State != FileState.Refused)]);
    }

    private async Task<Draft<TypedAnswer>?> AnswerAsync(Recommendation state, CancellationToken stop)
    {
        var draft = (await drafts.FindAsync<TypedAnswer>(state.OrganisationId, state.Id, stop))?.Value;
        return draft is not null && state.Answer is { } answer && DraftRule.Same(draft.Typed.Read(), TypedAnswer.Of(answer).Read()) ? null : draft;
    }

    /// <summary>Of a draft whose own text was sent, the copies are left.</summary>
    private async Task<Draft<TypedUpdate>?> ReportAsync(Recommendation state, CancellationToken stop)
    {
        var draft = (await drafts.FindAsync<TypedUpdate>(state.OrganisationId, state.Id, stop))?.Value;
        return draft is not null && state.Updates is [.., var last] && draft.Typed.IsSentAs(last) ? DraftRule.AfterSending(draft) : draft;
    }
}
