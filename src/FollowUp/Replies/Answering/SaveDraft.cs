using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Replies;

/// <summary>A draft as it was saved.</summary>
/// <param name="Overtook">Whether somebody else had saved another text in the meantime, which is kept as a copy.</param>
internal sealed record SavedDraft<T>(Draft<T> Draft, bool Overtook)
    where T : class, ITyped;

/// <summary>Keeps what somebody has typed, and what others typed at the same time.</summary>
internal sealed class SaveDraft(DraftsTable drafts, SubmitReply submit, IClock clock)
{
    private const int Tries = 5;

    /// <summary>The whole draft with its copies must fit into a row.</summary>
    private const int LongestJson = 300_000;

    /// <param name="seen">The revision that the person's page started from.</param>
    /// <param name="signature">The name and job title on the page, where it has them.</param>
    /// <param name="without">The id of a copy that goes in the same change: without it the text may fit.</param>
    public Task<Outcome<SavedDraft<T>>> RunAsync<T>(Link link, Recommendation state, string? seen, T typed, CancellationToken stop, TypedSignature? signature = null, string? without = null)
        where T : class, ITyped =>
        ChangeAsync<T>(
            link,
            state,
            stored =>
            {
                var before = stored is null || without is null ? stored : DraftRule.Without(stored, without);
                var after = DraftRule.Save(before, seen, typed, link.Contact.Email.Masked, clock.UtcNow, link.Holder);
                return signature is null ? after : after with { Signature = signature };
            },
            stop);

    /// <summary>Keeps the name and job title that somebody has typed and not sent.</summary>
    public Task<Outcome<SavedDraft<T>>> SignAsync<T>(Link link, Recommendation state, TypedSignature signature, CancellationToken stop)
        where T : class, ITyped =>
        ChangeAsync<T>(link, state, before => before is null or { IsAside: true } ? null : before with { Signature = signature }, stop);

    private async Task<Outcome<SavedDraft<T>>> ChangeAsync<T>(Link link, Recommendation state, Func<Draft<T>?, Draft<T>?> change, CancellationToken stop)
        where T : class, ITyped
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var before = await drafts.FindAsync<T>(state, stop);
            if (change(before?.Value) is not { } after)
            {
                return Refusal.NotFound("There is no draft.");
            }

            // A draft that outlived its own sending starts a new answer: under the old id that would count as a repeat
            if (before is not null && await submit.WasTakenAsync(link, after.FormId, stop))
            {
                after = after with { FormId = DraftRule.NewId() };
            }

            if (Json.Write(after).Length > LongestJson)
            {
                return Refusal.Invalid("", "What you and others have typed is too long to be saved together. Shorten your text, or remove a copy that you do not need.");
            }

            if (await drafts.WriteAsync(state, before, after, stop))
            {
                return new SavedDraft<T>(after, before is { Value.IsAside: false } && after.Copies.Any(c => c.Id == before.Value.Revision));
            }
        }

        return Refusal.Conflict("Others are saving this answer just now. Try again in a moment.");
    }
}
