using FollowUp.Organisations;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>Ends a link at once; other links of the same person stay alive.</summary>
internal sealed class RevokeLink(RegisterTable register, IClock clock)
{
    private const int Tries = 5;

    public async Task<Outcome<Link>> RunAsync(OrganisationId organisation, string linkId, string by, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await register.FindLinkByIdAsync(organisation, linkId, stop) is not { } row)
            {
                return Refusal.NotFound($"The organisation {organisation} has no link {linkId}.");
            }

            if (!row.Value.IsLive)
            {
                return row.Value;
            }

            var revoked = row.Value with { RevokedAt = clock.UtcNow, RevokedBy = by };
            if (await register.CommitAsync(RegisterTable.Change(organisation).Replace(row, revoked), stop))
            {
                return revoked;
            }
        }

        return Refusal.Conflict("Others are changing this link just now. Try again in a moment.");
    }
}
