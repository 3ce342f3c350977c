using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Replies;

/// <summary>Has a code sent to a link's own mailbox, and judges what comes back.</summary>
internal sealed class EntryCodes(RegisterTable register, ReadSituation readSituation, PostLetters letters, IClock clock)
{
    private const int Attempts = 5;

    /// <summary>Has a code sent, unless one was a moment ago or there were too many; both look the same to who asks.</summary>
    public async Task SendAsync(Link link, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var situation = await readSituation.RunAsync(stop);
            var row = await register.FindCodeAsync(link.OrganisationId, link.Hash, stop);
            if ((row?.Value ?? new EntryCode()).Ask(situation.Now) is not { } asked)
            {
                return;
            }

            var post = Post.To(link.Contact, link.OrganisationId, MessageKind.Code, Letters.Of(new Letters.CodeToEnter(link.Hash)), $"code|{DraftRule.NewId()}", situation);
            var egt = RegisterTable.Change(link.OrganisationId);
            await letters.AddAsync(egt, [post], stop);
            egt.Put(row, RegisterTable.CodeKey(link.Hash), asked);
            if (await register.CommitAsync(egt, stop))
            {
                await letters.RingAsync([post], stop);
                return;
            }
        }
    }

    /// <summary>Judges a code. What counts is what is written: of two who type the right one at once, one gets in.</summary>
    public async Task<CodeVerdict> TryAsync(Link link, string? typed, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await register.FindCodeAsync(link.OrganisationId, link.Hash, stop) is not { } row)
            {
                return CodeVerdict.None;
            }

            var (after, verdict) = row.Value.Try(typed, clock.UtcNow);
            if (verdict == CodeVerdict.None || await register.CommitAsync(RegisterTable.Change(link.OrganisationId).Replace(row, after), stop))
            {
                return verdict;
            }
        }

        return CodeVerdict.None;
    }
}
