using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Replies;

/// <summary>How often the address was tried in the present stretch of time.</summary>
internal sealed record Tries(DateTimeOffset From, int Count);

/// <summary>
/// Counts the tries at a link's address. The count stands in the register, not in memory: it then holds for all
/// instances of the service and through restarts, and trying is a form's POST, which may write.
/// </summary>
internal sealed class EntryTries(Store store, IClock clock)
{
    public const int Most = 50;
    public static readonly TimeSpan Stretch = TimeSpan.FromMinutes(5);
    private const int Attempts = 20;

    /// <summary>Counts a try; false when there were too many.</summary>
    public async Task<bool> CountAsync(Link link, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.UtcNow;
            var row = await Document.FindAsync<Tries>(store.Register, link.OrganisationId.ToString(), "try|" + link.Hash, stop);
            var tries = row is null || now - row.Value.From >= Stretch ? new Tries(now, 1) : row.Value with { Count = row.Value.Count + 1 };
            if (tries.Count > Most)
            {
                return false;
            }

            var egt = RegisterTable.Change(link.OrganisationId);
            if (await egt.Put(row, "try|" + link.Hash, tries).CommitAsync(store.Register, stop))
            {
                return true;
            }
        }

        // So many at the same moment are no person
        return false;
    }
}
