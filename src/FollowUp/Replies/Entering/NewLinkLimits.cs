using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>The new links that were sent on a London day, to one address or in all.</summary>
internal sealed record NewLinksSent(int Count, DateTimeOffset LastAt);

/// <summary>How many new links may be sent.</summary>
internal static class NewLinkRule
{
    public const int MostADay = 3;
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <param name="toAddress">What went to this address today, or nothing.</param>
    /// <param name="inAll">What went to everybody today, or nothing.</param>
    public static bool MaySend(NewLinksSent? toAddress, NewLinksSent? inAll, int mostInAll, DateTimeOffset now) =>
        (toAddress is null || toAddress.Count < MostADay && now - toAddress.LastAt >= Pause) && (inAll?.Count ?? 0) < mostInAll;
}

/// <summary>Counts new links before they are sent, in the register and so for all instances: a crash counts too many, never too few.</summary>
internal sealed class NewLinkLimits(Store store, IClock clock, IOptions<RepliesSettings> settings)
{
    private const int Attempts = 5;

    /// <summary>Counts a new link to an address; false when there were too many.</summary>
    public async Task<bool> CountAsync(EmailAddress address, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.UtcNow;
            var day = now.LondonDate().Iso();
            var (addressKey, allKey) = ($"newlink|{day}|{Keys.Hash(address.ToString())}", $"newlink|{day}");
            var (toAddress, inAll) = (await FindAsync(addressKey, stop), await FindAsync(allKey, stop));
            if (!NewLinkRule.MaySend(toAddress?.Value, inAll?.Value, settings.Value.NewLinksADay, now))
            {
                return false;
            }

            var egt = new Egt(OrganisationId.Staff.ToString());
            Count(egt, addressKey, toAddress, now);
            Count(egt, allKey, inAll, now);
            if (await egt.CommitAsync(store.Register, stop))
            {
                return true;
            }
        }

        // So many at the same moment are no person
        return false;
    }

    private static void Count(Egt egt, string key, Row<NewLinksSent>? row, DateTimeOffset now)
    {
        var after = new NewLinksSent((row?.Value.Count ?? 0) + 1, now);
        egt.Put(row, key, after);
    }

    private async Task<Row<NewLinksSent>?> FindAsync(string key, CancellationToken stop) =>
        await Document.FindAsync<NewLinksSent>(store.Register, OrganisationId.Staff.ToString(), key, stop);
}
