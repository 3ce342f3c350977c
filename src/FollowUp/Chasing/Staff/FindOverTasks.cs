using FollowUp.Organisations;
using FollowUp.Recommendations;

namespace FollowUp.Chasing;

/// <summary>Finds the open tasks that have come to nothing. What each of them is about is read for it alone: there are few.</summary>
internal sealed class FindOverTasks(RegisterTable register, MessageHints hints, AddressesTable addresses, MendedRows mended)
{
    /// <param name="open">Open tasks about one organisation, or staff's own.</param>
    /// <param name="organisation">The organisation; null for staff's own.</param>
    /// <param name="states">All its recommendations; null when some row of it cannot be read, which may well be what a task is about.</param>
    /// <param name="situation">The day and what is known.</param>
    /// <param name="stop">Stops the reading.</param>
    public async Task<IReadOnlySet<StaffTask>> RunAsync(
        IReadOnlyCollection<StaffTask> open, Organisation? organisation, IReadOnlyDictionary<RecommendationId, Recommendation>? states, Situation situation, CancellationToken stop)
    {
        var over = new HashSet<StaffTask>();
        var suspended = open.Count > 0 && states is not null ? await addresses.SuspendedAsync(stop) : null;
        foreach (var task in open)
        {
            if (task.Kind == TaskKind.UnreadableRow
                ? await mended.ContainAsync(task, stop)
                : suspended is not null && TaskRule.IsOver(task, new TaskFacts(organisation, states!, situation.Directory, suspended, await EmailOfAsync(task, stop), situation.Today)))
            {
                over.Add(task);
            }
        }

        return over;
    }

    private async Task<Message?> EmailOfAsync(StaffTask task, CancellationToken stop) =>
        task is { Kind: TaskKind.EmailFailed or TaskKind.AddressSuspended, Mid: { } mid } && await hints.FindAsync(mid, stop) is { } place
        && await register.FindMessageAsync(place.Organisation, place.RowKey, stop, []) is { } row && row.Value.Mid == mid
            ? row.Value
            : null;
}
