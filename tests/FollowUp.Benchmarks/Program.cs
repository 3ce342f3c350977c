using FollowUp.Benchmarks;

// dotnet run -c Release --project tests/FollowUp.Benchmarks -- [start|cost|chase|reply|webhook|hangfire]… [name=number]…
// Without a name all are run, one after the other. Each figure stands beside its floor from the same run.
var known = new Dictionary<string, Func<Numbers, Task>>
{
    ["start"] = StartBenchmark.RunAsync,
    ["cost"] = CostBenchmark.RunAsync,
    ["chase"] = ChaseBenchmark.RunAsync,
    ["reply"] = ReplyBenchmark.RunAsync,
    ["webhook"] = WebhookBenchmark.RunAsync,
    ["hangfire"] = HangfireBenchmark.RunAsync,
};

// The floor of the reply page runs in a process of its own, as the service does
if (args is ["floor", ..])
{
    await ReplyFloor.ServeAsync();
    return 0;
}

var numbers = new Numbers(args.Where(a => a.Contains('=', StringComparison.Ordinal)));
var wanted = args.Where(a => !a.Contains('=', StringComparison.Ordinal)).ToList();
if (wanted.Find(name => !known.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark {unknown}. Choose from {string.Join(", ", known.Keys)}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
foreach (var name in wanted.Count > 0 ? wanted : [.. known.Keys])
{
    Console.WriteLine($"\n## {name}");
    await known[name](numbers);
}

return 0;
