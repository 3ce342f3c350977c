using Azure.Data.Tables;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>A ladder as it was set: by whom, when and why. The first one comes with the service and is not stored.</summary>
/// <param name="Version">2 for the first that was set.</param>
/// <param name="SetOn">It counts for steps dated after this day.</param>
/// <param name="Steps">The steps after the notice.</param>
public sealed record LadderVersion(int Version, DateOnly SetOn, DateTimeOffset At, string By, string Why, IReadOnlyList<StoredStep> Steps);

/// <summary>A step of the ladder as it is stored.</summary>
/// <param name="Offset">Working days from the deadline.</param>
public sealed record StoredStep(string Name, int Offset, MessageKind Kind, IReadOnlyList<StepAudience> Audience)
{
    internal LadderStep ToStep() => new(0, Name, Offset, Kind, Audience);

    internal static StoredStep Of(LadderStep step) => new(step.Name, step.Offset!.Value, step.Kind, step.Audience);
}

/// <summary>The ladders that administrators have set, a row each: together they are the record of who changed what.</summary>
internal sealed class LadderTable(Store store, ChangeStamp stamp)
{
    private const string Partition = "ladder";

    /// <summary>
    /// The ladder that holds, with those before it. One that cannot be read must not be passed over, as steps would go on
    /// other days and to other people then: nothing is chased until it can be.
    /// </summary>
    /// <exception cref="UnreadableRowException">A ladder cannot be read.</exception>
    public async Task<Ladder> ReadAsync(CancellationToken stop) => Of(await VersionsAsync(stop));

    /// <summary>What was set, the earliest first.</summary>
    public async Task<IReadOnlyList<LadderVersion>> VersionsAsync(CancellationToken stop)
    {
        var versions = new List<LadderVersion>();
        await foreach (var entity in store.Settings.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: stop))
        {
            versions.Add(Document.Read<LadderVersion>(entity).Value);
        }

        return versions;
    }

    /// <summary>Adds the next one; false when somebody was faster.</summary>
    public Task<bool> AddAsync(LadderVersion version, CancellationToken stop) =>
        stamp.AfterAsync(new Egt(Partition).Insert($"v|{version.Version:d5}", version).CommitAsync(store.Settings, stop), stop);

    /// <summary>The ladder that holds after all that was set.</summary>
    public static Ladder Of(IReadOnlyList<LadderVersion> versions) =>
        versions.OrderBy(v => v.Version).Aggregate(Ladder.Default, (before, version) => before.Then(version.Steps.Select(s => s.ToStep()), version.SetOn));
}
