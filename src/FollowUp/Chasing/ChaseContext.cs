using System.Collections.Concurrent;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What one run of the chase knows: read once, used for every organisation.</summary>
internal sealed record ChaseContext(Situation Situation, SuspendedAddresses Suspended, Person Mailbox, Func<InspectionId, CancellationToken, Task<Inspection>> InspectionAsync)
{
    /// <summary>When chasing emails may leave.</summary>
    public ChasingSettings Chasing { get; init; } = new();

    /// <summary>The first day on which a chasing email that is written now may leave: today, where its hours are not over.</summary>
    public DateOnly NextSendingDay => SendingDayFrom(Chasing.NextDayAt(Situation.Now));

    /// <summary>The first day, from one on, on which chasing emails leave.</summary>
    public DateOnly SendingDayFrom(DateOnly day) => Chasing.WorkingDaysOnly ? Situation.Calendar.OnOrAfter(day) : day;

    /// <summary>The rows that cannot be read and that every run meets: of the directory and of suspended addresses.</summary>
    public IEnumerable<UnreadableRow> Unreadable => Situation.Directory.Unreadable.Concat(Suspended.Unreadable);

    /// <summary>An inspection; null when it cannot be read.</summary>
    /// <param name="id">The inspection.</param>
    /// <param name="unreadable">Takes its row if it cannot be read.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<Inspection?> FindInspectionAsync(InspectionId id, ICollection<UnreadableRow> unreadable, CancellationToken stop)
    {
        try
        {
            return await InspectionAsync(id, stop);
        }
        catch (UnreadableRowException damage)
        {
            unreadable.Add(damage.Row);
            return null;
        }
    }
}

/// <summary>What a sender knows, kept until somebody changes the directory, an address, an inspection, the calendar or the ladder.</summary>
internal sealed class KnownContext(ReadChaseContext read, IClock clock, TimeProvider real)
{
    private readonly Kept<ChaseContext> kept = new(real);

    /// <param name="stamp">The stamp as it was read before.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<ChaseContext> RunAsync(string? stamp, CancellationToken stop)
    {
        var known = await kept.GetAsync(stamp, () => read.RunAsync(stamp, stop));
        return known with { Situation = known.Situation.At(clock.UtcNow) };
    }
}

internal sealed class ReadChaseContext(ReadSituation readSituation, AddressesTable addresses, InspectionsTable inspections, ChangeStamp stamp, IOptions<InspectorateSettings> inspectorate, IOptions<ChasingSettings> settings)
{
    public async Task<ChaseContext> RunAsync(CancellationToken stop) => await RunAsync(await stamp.ReadAsync(stop), stop);

    /// <param name="stampAsRead">The stamp, for whoever has read it already.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<ChaseContext> RunAsync(string? stampAsRead, CancellationToken stop)
    {
        var reading = addresses.SuspendedAsync(stop);
        var situation = await readSituation.RunAsync(stampAsRead, stop);
        var read = new ConcurrentDictionary<InspectionId, Inspection>();
        return new ChaseContext(
            situation,
            await reading,
            new Person(inspectorate.Value.Name, EmailAddress.Parse(inspectorate.Value.Mailbox, null)),
            async (id, token) =>
            {
                if (!read.TryGetValue(id, out var inspection))
                {
                    inspection = (await inspections.FindAsync(id, token))?.Value ?? throw new InvalidOperationException($"The inspection {id} is missing.");
                    read[id] = inspection;
                }

                return inspection;
            })
        {
            Chasing = settings.Value,
        };
    }
}
