using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Telemetry;

namespace FollowUp.Recommendations;

/// <summary>What a message on the queue <c>email</c> says: which row to look at.</summary>
public sealed record EmailRing(string Mid, OrganisationId Organisation, string Row);

/// <summary>The doorbell of sending. It only says that there is something to look at; the message's row decides.</summary>
internal sealed class EmailBell(Store store)
{
    private const int AtOnce = 8;

    public Task RingAsync(IEnumerable<MessagePlace> places, CancellationToken stop) =>
        Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop, TaskScheduler = TaskScheduler.Current }, async (place, token) =>
        {
            using var trail = Trail.Follow("ring", place.Mid);
            await store.EmailQueue.SendMessageAsync(Json.Write(new EmailRing(place.Mid, place.Organisation, place.RowKey)), token);
        });
}
