using System.Collections.Concurrent;
using FollowUp.Organisations;
using FollowUp.Storage;
using FollowUp.Time;

namespace FollowUp.Recommendations;

/// <summary>Gives staff a task about each row that cannot be read: one row is one task, whoever meets it first.</summary>
internal sealed class ReportUnreadable(TasksTable tasks, OrganisationsTable organisations, IClock clock)
{
    private const int AtOnce = 16;

    // A page that is looked at often meets the same rows each time
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), DateOnly> told = new();

    public async Task RunAsync(IReadOnlyCollection<UnreadableRow> rows, CancellationToken stop)
    {
        var today = clock.UtcNow.LondonDate();
        var news = rows.DistinctBy(PlaceOf).Where(row => told.GetValueOrDefault(PlaceOf(row)) != today).ToList();
        if (news.Count == 0)
        {
            return;
        }

        var directory = await organisations.ReadAllAsync(stop);
        foreach (var some in news.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(row => tasks.OpenAsync(TaskOf(row, directory, clock.UtcNow), stop)));
            Array.ForEach(some, row => told[PlaceOf(row)] = today);
        }
    }

    /// <summary>With the organisation in whose partition the row stands; what is of no organisation is with staff's own.</summary>
    internal static StaffTask TaskOf(UnreadableRow row, OrganisationDirectory directory, DateTimeOffset now)
    {
        OrganisationId? of = OrganisationId.TryParse(row.PartitionKey, null, out var id) && directory.Knows(id) ? id : null;
        return new StaffTask
        {
            Key = $"unreadable|{Keys.Hash($"{row.PartitionKey}|{row.RowKey}")}",
            Kind = TaskKind.UnreadableRow,
            OrganisationId = of ?? OrganisationId.Staff,
            What = $"Have a row{(of is { } known ? $" of {directory.NameOf(known)}" : "")} looked at: FollowUp cannot read it",
            Why = $"{row} It is left as it is, and what it is about is not chased.",
            Since = now,
            Subject = MendedRows.SubjectOf(row),
        };
    }

    private static (string PartitionKey, string RowKey) PlaceOf(UnreadableRow row) => (row.PartitionKey, row.RowKey);
}
