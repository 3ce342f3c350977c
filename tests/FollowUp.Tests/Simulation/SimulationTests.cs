using System.Diagnostics;
using System.Globalization;

namespace FollowUp.Tests.Simulation;

/// <summary>
/// The promise under everything that may go wrong: simulated years of the real rules and use cases over a model of
/// storage, clock and SendGrid. <c>SIMULATION_SEEDS</c> is how many, <c>SIMULATION_FIRST</c> the first of them;
/// <c>SIMULATION_FIRST=n SIMULATION_SEEDS=1</c> replays one, and with <c>SIMULATION_STORY=first-one/1</c> it tells all that
/// the register knows of that recommendation.
/// </summary>
[Collection(nameof(SimulationTests))]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int UsualSeeds = 500;

    [Fact]
    public void Whatever_goes_wrong_in_a_year_the_promise_holds()
    {
        var first = Setting("SIMULATION_FIRST", 1);
        var seeds = Setting("SIMULATION_SEEDS", UsualSeeds);
        var clock = Stopwatch.StartNew();
        var results = Enumerable.Range(first, seeds).AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount).Select(Run).ToList();

        foreach (var (what, count) in results.SelectMany(r => r.Faults).GroupBy(f => f.Key).Select(g => (g.Key, g.Sum(f => f.Value))).OrderBy(f => f.Key))
        {
            output.WriteLine($"{count,9:N0} × {what}");
        }

        output.WriteLine($"{seeds} years in {clock.Elapsed.TotalSeconds:N0} s: {results.Sum(r => r.Emails):N0} chasing emails, {results.Sum(r => r.Operations):N0} storage operations, {results.Sum(r => r.Losses):N0} crashes, freezes and hosts that went away, {results.Sum(r => r.Cut):N0} POSTs of which nobody learnt whether they were taken, {results.Sum(r => r.Twice):N0} emails sent twice, {results.Sum(r => r.HeldDays):N0} days held.");
        output.WriteLine($"Steps that waited for 0, 1, 2 … good working days: {string.Join(", ", Enumerable.Range(0, results[0].Waited.Count).Select(i => results.Sum(r => r.Waited[i]).ToString("N0", CultureInfo.InvariantCulture)))}");
        var broken = results.Where(r => r.Broken.Count > 0).ToList();
        Assert.True(broken.Count == 0, $"{broken.Count} of {seeds} years break the promise. Replay with SIMULATION_FIRST={broken.FirstOrDefault()?.Seed} SIMULATION_SEEDS=1:{Environment.NewLine}"
            + string.Join(Environment.NewLine, broken.Take(40).SelectMany(r => r.Broken.Take(broken.Count == 1 ? 1000 : 6).Select(b => $"  seed {r.Seed}: {b}"))));
    }

    [Fact]
    public void A_seed_replays_the_same_year()
    {
        var (one, other) = (Run(7), Run(7));

        Assert.Equal((one.Emails, one.Operations, one.Losses, one.Cut, one.Twice), (other.Emails, other.Operations, other.Losses, other.Cut, other.Twice));
    }

    private static YearResult Run(int seed)
    {
        using var year = new SimYear(seed);
        return year.Run();
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : usual;
}

/// <summary>The years take every core for minutes: they run when nobody else has to keep a time.</summary>
[CollectionDefinition(nameof(SimulationTests), DisableParallelization = true)]
public sealed class SimulationsRunAlone;
