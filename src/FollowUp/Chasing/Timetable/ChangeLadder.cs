using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Chasing;

/// <summary>What another ladder would change.</summary>
internal sealed record LadderPreview(Ladder Present, Ladder Next, Comparison Comparison);

/// <summary>Sets another ladder. It counts for steps dated after today; the version that a person has seen guards against two at once.</summary>
internal sealed class ChangeLadder(LadderTable ladders, ReadOutlook read, RefreshAgenda refresh, IClock clock)
{
    private const int LongestReason = 500;

    /// <summary>Shows what it would change; nothing is stored.</summary>
    public async Task<Outcome<LadderPreview>> PreviewAsync(LadderForm form, string? reason, int seen, CancellationToken stop)
    {
        var asks = await read.ReadAsync(stop);
        var situation = asks.Context.Situation;
        return Decide(form, reason, seen, situation).IsRefused(out var refusal, out var next)
            ? refusal
            : new LadderPreview(situation.Ladder, next, Comparison.Of(asks, situation with { Ladder = next }));
    }

    public async Task<Outcome<LadderVersion>> RunAsync(LadderForm form, string? reason, int seen, Actor by, CancellationToken stop)
    {
        var asks = await read.ReadAsync(stop);
        var situation = asks.Context.Situation;
        if (Decide(form, reason, seen, situation).IsRefused(out var refusal, out var next))
        {
            return refusal;
        }

        await refresh.RunAsync(asks.Under(situation with { Ladder = next }), stop);
        var version = new LadderVersion(next.Version, situation.Today, clock.UtcNow, by.Name, reason!.Trim(), [.. next.Steps.Skip(1).Select(StoredStep.Of)]);
        return await ladders.AddAsync(version, stop) ? version : Changed();
    }

    private static Outcome<Ladder> Decide(LadderForm form, string? reason, int seen, Situation situation)
    {
        if (seen != situation.Ladder.Version)
        {
            return Changed();
        }

        var problems = new Problems();
        problems.Text(reason, "reason", "why the ladder is changed", LongestReason);
        var read = form.Read(situation.Ladder, situation.Today);
        if (read.Refusal is { } refusal || problems.Any)
        {
            return new Refusal(RefusalKind.Invalid, [.. read.Refusal?.Problems ?? [], .. problems.Any ? problems.Refusal.Problems : []]);
        }

        return Same(read.Value!, situation.Ladder) ? Refusal.Conflict("These are the steps of the present ladder: change something first.") : read.Value!;
    }

    private static bool Same(Ladder one, Ladder other) => one.Steps.Skip(1).Select(Say).SequenceEqual(other.Steps.Skip(1).Select(Say));

    private static string Say(LadderStep step) => $"{step.Name}|{step.Offset}|{string.Join(',', step.Audience.Order())}";

    private static Refusal Changed() => Refusal.Stale("Someone else has changed the ladder since you opened it. See the present one, then make your change.");
}
