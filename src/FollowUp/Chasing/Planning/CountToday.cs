using System.Collections.Concurrent;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What has become of a day's chasing emails.</summary>
/// <param name="Sent">SendGrid has taken them.</param>
/// <param name="Waiting">They are to be sent.</param>
/// <param name="Unknown">Nobody knows yet whether they left.</param>
/// <param name="NotSent">They could not be sent, were withdrawn, or there was no reason left to.</param>
internal sealed record TodaysEmails(int Sent, int Waiting, int Unknown, int NotSent);

/// <summary>Counts today's chasing emails by what has become of them, from the register itself.</summary>
internal sealed class CountToday(OrganisationsTable organisations, RegisterTable register, IOptions<ChasingSettings> settings, IClock clock)
{
    public async Task<TodaysEmails> RunAsync(CancellationToken stop)
    {
        var today = clock.UtcNow.LondonDate();
        var found = new ConcurrentBag<MessageStatus>();
        await Parallel.ForEachAsync(
            (await organisations.ReadAllAsync(stop)).All,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Value.AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current },
            async (organisation, token) =>
            {
                await foreach (var row in register.MessagesAsync(organisation.Id, today, token, []))
                {
                    if (row.Value.IsChasing && row.Value.On == today)
                    {
                        found.Add(row.Value.Status);
                    }
                }
            });
        return new TodaysEmails(
            found.Count(s => s == MessageStatus.Accepted),
            found.Count(s => s is MessageStatus.Planning or MessageStatus.Pending or MessageStatus.Claimed),
            found.Count(s => s == MessageStatus.Unknown),
            found.Count(s => s is MessageStatus.Failed or MessageStatus.Withdrawn or MessageStatus.Withheld or MessageStatus.Cancelled));
    }
}
