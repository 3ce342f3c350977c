using System.Globalization;

namespace FollowUp.Benchmarks;

/// <summary>The counts of a run, by name: <c>organisations=1000</c>.</summary>
internal sealed class Numbers(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, int> _given = arguments.Select(a => a.Split('=')).ToDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture));

    public int Of(string name, int usual) => _given.GetValueOrDefault(name, usual);
}

/// <summary>Times of many requests.</summary>
internal sealed record Latencies(IReadOnlyList<double> Sorted)
{
    public static Latencies Of(IEnumerable<double> milliseconds) => new([.. milliseconds.Order()]);

    public double At(double share) => Sorted[Math.Min(Sorted.Count - 1, (int)(Sorted.Count * share))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms");
}
