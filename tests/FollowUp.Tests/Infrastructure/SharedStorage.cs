using System.Collections.Concurrent;
using FollowUp.Local.Azurite;

namespace FollowUp.Tests.Infrastructure;

/// <summary>
/// Azurite for all tests of the assembly, in as many processes as tests run at once. Whoever asks gets an account of
/// their own, in which nobody else reads or writes.
/// </summary>
public sealed class SharedStorage : IAsyncLifetime
{
    private const int Processes = 3;
    private const int AccountsOfEach = 400;
    private static readonly ConcurrentQueue<string> Free = [];
    private readonly List<AzuriteProcess> _processes = [];

    /// <summary>The connection string of an account that nobody has used.</summary>
    public static string Next() =>
        Free.TryDequeue(out var account) ? account : throw new InvalidOperationException($"All {Processes * AccountsOfEach} accounts are used: let SharedStorage have more.");

    public async ValueTask InitializeAsync()
    {
        string[] accounts = [.. Enumerable.Range(1, AccountsOfEach).Select(number => $"tests{number}")];
        _processes.AddRange(await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => AzuriteProcess.StartAsync(null, TestContext.Current.CancellationToken, accounts))));
        foreach (var (account, process) in accounts.SelectMany(account => _processes.Select(process => (account, process))))
            Free.Enqueue(process.ConnectionStringOf(account));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }
}
