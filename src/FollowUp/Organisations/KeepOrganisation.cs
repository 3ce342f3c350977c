using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Organisations;

/// <summary>What another room does when an organisation’s entry has changed.</summary>
internal sealed record AfterDirectoryChange(Func<OrganisationId, CancellationToken, Task> RunAsync);

/// <summary>Adds an organisation to the directory or changes it.</summary>
internal sealed class KeepOrganisation(OrganisationsTable organisations, IEnumerable<AfterDirectoryChange> after, IClock clock)
{
    /// <summary>The version to expect of an organisation that must not be in the directory yet.</summary>
    public const string NotThereYet = "";

    private const int Tries = 5;

    /// <summary>Saves the organisation.</summary>
    /// <param name="expected">The version that the person has seen (an ETag), or null when they do not say.</param>
    public async Task<Outcome<Row<Organisation>>> RunAsync(OrganisationId id, OrganisationForm form, string actor, string? expected, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var directory = await organisations.ReadAllAsync(stop);
            if (form.Read(id, directory).IsRefused(out var refusal, out var changed))
            {
                return refusal;
            }

            var before = await organisations.FindAsync(id, stop);
            if (expected is not null && (before?.ETag.ToString() ?? NotThereYet) != expected)
            {
                return Refusal.Stale("Someone else has changed this organisation since you opened it. Look at it again, then make your change.");
            }

            var saved = await organisations.SaveAsync(before, changed with { Unknown = before?.Value.Unknown }, actor, clock.UtcNow, stop);
            if (saved)
            {
                await TellAsync(id, stop);
                return (await organisations.FindAsync(id, stop))!;
            }
        }

        return Refusal.Conflict("Others are changing this organisation just now. Try again in a moment.");
    }

    /// <summary>Lets those know who act on a change. If this process ends before, the sweep does it.</summary>
    public async Task TellAsync(OrganisationId id, CancellationToken stop)
    {
        foreach (var one in after)
        {
            await one.RunAsync(id, stop);
        }
    }
}
