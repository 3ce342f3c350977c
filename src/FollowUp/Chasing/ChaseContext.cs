using System.Collections.Concurrent;
using FollowUp.Email;
using FollowUp.Recommendations;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

/// <summary>What one run of the chase knows: read once, used for every organisation.</summary>
internal sealed record ChaseContext(Situation Situation, IReadOnlySet<EmailAddress> Suspended, Person Mailbox, Func<InspectionId, CancellationToken, Task<Inspection>> InspectionAsync);

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
