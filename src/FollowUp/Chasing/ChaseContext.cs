using System.Collections.Concurrent;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What one run of the chase knows: read once, used for every organisation.</summary>
internal sealed record ChaseContext(Situation Situation, IReadOnlySet<EmailAddress> Suspended, Person Mailbox, Func<InspectionId, CancellationToken, Task<Inspection>> InspectionAsync);

/// <summary>
/// What a sender knows, kept for a few seconds: a stamp that is read for every email says whether anybody has changed
/// the directory, an address, an inspection, the calendar or the ladder since it was read.
/// </summary>
internal sealed class KnownContext(ReadChaseContext read, IClock clock, TimeProvider real)
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(20);
    private Known? known;
    private long lastTurn;

    private sealed record Known(ChaseContext Context, string? Stamp, DateTimeOffset ReadAt);

    /// <param name="stamp">The stamp as it was read before.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<ChaseContext> RunAsync(string? stamp, CancellationToken stop)
    {
        var readAt = real.GetUtcNow();
        if (known is not { } kept || kept.Stamp != stamp || readAt - kept.ReadAt > Keep || readAt - kept.ReadAt > Keep / 2 && IsMyTurn(readAt))
        {
            known = kept = new Known(await read.RunAsync(stop), stamp, readAt);
        }

        var now = clock.UtcNow;
        return kept.Context with { Situation = kept.Context.Situation with { Now = now, Today = now.LondonDate() } };
    }

    /// <summary>One of those at work reads it again before its time is over, so that they do not all do it then.</summary>
    private bool IsMyTurn(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref lastTurn);
        return now.UtcTicks - last > Keep.Ticks / 2 && Interlocked.CompareExchange(ref lastTurn, now.UtcTicks, last) == last;
    }
}

internal sealed class ReadChaseContext(ReadSituation readSituation, AddressesTable addresses, InspectionsTable inspections, IOptions<InspectorateSettings> inspectorate)
{
    public async Task<ChaseContext> RunAsync(CancellationToken stop)
    {
        var reading = addresses.SuspendedAsync(stop);
        var situation = await readSituation.RunAsync(stop);
        var read = new ConcurrentDictionary<InspectionId, Inspection>();
        return new ChaseContext(
            situation,
            (await reading).Select(a => a.Email).ToHashSet(),
            new Person(inspectorate.Value.Name, EmailAddress.Parse(inspectorate.Value.Mailbox, null)),
            async (id, token) =>
            {
                if (!read.TryGetValue(id, out var inspection))
                {
                    inspection = (await inspections.FindAsync(id, token))?.Value ?? throw new InvalidOperationException($"The inspection {id} is missing.");
                    read[id] = inspection;
                }

                return inspection;
            });
    }
}
