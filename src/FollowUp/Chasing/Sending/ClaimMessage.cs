using Azure;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>
/// Claims a message for this sender, and mints the link or the code that it brings in the same transaction; the hint to
/// the link comes first.
/// </summary>
internal sealed class ClaimMessage(RegisterTable register, Hints hints, IOptions<ChasingSettings> settings, IClock clock, TimeProvider real)
{
    /// <param name="row">The message as it was read.</param>
    /// <param name="items">What of it still holds.</param>
    /// <param name="ladder">The steps of chasing.</param>
    /// <param name="stop">Stops the claiming.</param>
    /// <returns>The claim and what the email carries; null when somebody was faster.</returns>
    public async Task<(Row<Message> Claimed, Secret Secret)?> RunAsync(Row<Message> row, IReadOnlyList<MessageItem> items, Ladder ladder, CancellationToken stop)
    {
        var message = row.Value;
        var egt = RegisterTable.Change(message.OrganisationId);
        var secret = Secret.For(message);
        if (secret.Token is { } token)
        {
            await AddLinkAsync(egt, message, new LinkToken(token).Hash, stop);
        }

        if (secret.Code is { } code)
        {
            await AddCodeAsync(egt, message, code, stop);
        }

        var claim = message with
        {
            Items = items,
            Kind = KindOf(message, items, ladder),
            Status = MessageStatus.Claimed,
            LeaseUntil = real.GetUtcNow() + settings.Value.Lease,
            Attempts = message.Attempts + 1,
        };
        egt.Replace(row, claim);
        return await CommitAsync(egt, row, claim, stop) is { } claimed ? (claimed, secret) : null;
    }

    /// <summary>Writes the claim. When its answer is lost, the row says whose it is: ours, and left alone, would wait for the end of its lease and count as perhaps sent.</summary>
    /// <returns>The row as it is then; null when somebody was faster.</returns>
    private async Task<Row<Message>?> CommitAsync(Egt egt, Row<Message> row, Message claim, CancellationToken stop)
    {
        try
        {
            return await register.CommitAsync(egt, stop) ? egt.Written(row, claim) : await FindOursAsync(row, claim, stop);
        }
        catch (RequestFailedException)
        {
            if (await FindOursAsync(row, claim, stop) is { } ours)
            {
                return ours;
            }

            throw;
        }
    }

    private async Task<Row<Message>?> FindOursAsync(Row<Message> row, Message claim, CancellationToken stop) =>
        await register.FindMessageAsync(claim.OrganisationId, row.RowKey, stop) is { } now && now.Value.IsSameClaimAs(claim) ? now : null;

    /// <summary>A chasing email is called after the gravest step that it still brings.</summary>
    internal static MessageKind KindOf(Message message, IReadOnlyList<MessageItem> items, Ladder ladder) =>
        message.IsChasing && items.Max(i => ladder.Find(i.Step)?.Kind) is { } gravest ? gravest : message.Kind;

    private async Task AddLinkAsync(Egt egt, Message message, string hash, CancellationToken stop)
    {
        await hints.LeadToLinkAsync(hash, message.OrganisationId, stop);
        egt.Insert(RegisterTable.LinkKey(hash), new Link
        {
            Id = hash[..32],
            Hash = hash,
            OrganisationId = message.OrganisationId,
            Contact = message.Recipient,
            Mid = message.Mid,
            CreatedAt = clock.UtcNow,
        });
    }

    private async Task AddCodeAsync(Egt egt, Message message, string code, CancellationToken stop)
    {
        var linkHash = message.Letter!.Facts<Recommendations.Letters.CodeToEnter>().LinkHash;
        var before = await register.FindCodeAsync(message.OrganisationId, linkHash, stop);
        var after = (before?.Value ?? new EntryCode()).Send(code, clock.UtcNow);
        egt.Put(before, RegisterTable.CodeKey(linkHash), after);
    }
}
