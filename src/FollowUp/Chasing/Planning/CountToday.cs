using System.Collections.Concurrent;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What has become of a day's chasing emails.</summary>
/// <param name="Sent">SendGrid has taken them.</param>
/// <param name="Waiting">They are to be sent.</param>
/// <param name="Unknown">Nobody knows whether they left.</param>
/// <param name="NotSent">They could not be sent, were withdrawn, or there was no reason left to.</param>
/// <param name="Unreadable">Rows that cannot be read, and so are not counted.</param>
internal sealed record TodaysEmails(int Sent, int Waiting, int Unknown, int NotSent, IReadOnlyList<UnreadableRow> Unreadable);

/// <summary>Counts today's chasing emails by what has become of them, from the register itself.</summary>
internal sealed class CountToday(MessageHints hints, RegisterTable register, IOptions<ChasingSettings> settings, IClock clock)
{
    /// <summary>How many there are, whatever has become of them; one that cannot be read counts as one.</summary>
    public async Task<int> PlannedAsync(DateOnly on, CancellationToken stop)
    {
        var all = await RunAsync(on, stop);
        return all.Sent + all.Waiting + all.Unknown + all.NotSent + all.Unreadable.Count;
    }

    public Task<TodaysEmails> RunAsync(CancellationToken stop) => RunAsync(clock.UtcNow.LondonDate(), stop);

    private async Task<TodaysEmails> RunAsync(DateOnly today, CancellationToken stop)
    {
        var (found, unreadable) = (new ConcurrentBag<MessageStatus>(), new ConcurrentBag<UnreadableRow>());
        await Parallel.ForEachAsync(
            await hints.OrganisationsSinceAsync(today, stop),
            new ParallelOptions { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current },
            async (organisation, token) =>
            {
                var bad = new List<UnreadableRow>();
                await foreach (var row in register.MessagesAsync(organisation, today, token, bad))
                {
                    if (row.Value.IsChasing && row.Value.On == today)
                    {
                        found.Add(row.Value.WasTaken ? MessageStatus.Accepted : row.Value.MayHaveLeft ? MessageStatus.Unknown : row.Value.Status);
                    }
                }

                bad.ForEach(unreadable.Add);
            });
        return new TodaysEmails(
            found.Count(s => s == MessageStatus.Accepted),
            found.Count(s => s is MessageStatus.Planning or MessageStatus.Pending or MessageStatus.Claimed),
            found.Count(s => s == MessageStatus.Unknown),
            found.Count(s => s is MessageStatus.Failed or MessageStatus.Withdrawn or MessageStatus.Withheld or MessageStatus.Cancelled),
            [.. unreadable]);
    }
}
