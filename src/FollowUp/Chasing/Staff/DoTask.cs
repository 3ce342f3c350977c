using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>Marks a task as done.</summary>
internal sealed class DoTask(TasksTable tasks, IClock clock)
{
    private const int Tries = 5;

    public async Task<Outcome<StaffTask>> DoneAsync(OrganisationId? organisation, string? key, Actor by, CancellationToken stop)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (organisation is not { } id || key is null || !Keys.AreAllowed(key) || await tasks.FindAsync(id, key, stop) is not { } row)
            {
                return Refusal.NotFound("There is no such task.");
            }

            if (row.Value is { Kind: TaskKind.ContactNamed, DoneAt: null })
            {
                return Refusal.Conflict("Somebody waits for a decision: agree or refuse on the page of the contact that was named.");
            }

            if (row.Value.DoneAt is not null || await tasks.CompleteAsync(row, clock.UtcNow, by.Name, stop))
            {
                return row.Value with { DoneAt = row.Value.DoneAt ?? clock.UtcNow, DoneBy = row.Value.DoneBy ?? by.Name };
            }
        }

        return Refusal.Conflict("Others are changing this task just now. Try again in a moment.");
    }
}
