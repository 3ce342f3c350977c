using FollowUp.Local;
using FollowUp.Local.Front;
using FollowUp.Local.Sample;
using FollowUp.Local.Service;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>
/// The service's own executable, started and called as the Functions host does it: the package that FOLLOWUP_PACKAGE
/// names, or else the build. Real time is its only clock, so chasing may leave at any hour.
/// </summary>
public abstract class PackagedService : IAsyncLifetime
{
    private readonly HttpMode _mode;

    private protected PackagedService(HttpMode mode) => _mode = mode;

    public LocalService Local { get; } = new();

    public static string Folder { get; } = Environment.GetEnvironmentVariable("FOLLOWUP_PACKAGE") is { Length: > 0 } package
        ? package
        : Path.Combine(RepositoryRoot.Find(), "src", "FollowUp", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!, "net10.0");

    internal static IReadOnlyDictionary<string, string> AtAnyHour { get; } =
        new Dictionary<string, string> { ["Chasing__Hours"] = "00:00-24:00", ["Chasing__WorkingDaysOnly"] = "false" };

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in AtAnyHour)
            Local.Settings[name] = value;
        await Local.StartAsync(options => options with
        {
            Package = Folder,
            HttpMode = _mode,
            // Hosts that do not proxy yet are met on developers' machines
            CoreTools = _mode == HttpMode.Forwarding,
            Patience = HostPatience.Default with { QueueVisibility = TimeSpan.FromSeconds(1), RestartDelay = TimeSpan.FromMilliseconds(100) },
        });
        await new SampleRegister(Local.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Local.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

[CollectionDefinition(Name)]
public sealed class ServiceInProxyingMode() : PackagedService(HttpMode.Proxying), ICollectionFixture<ServiceInProxyingMode>
{
    public const string Name = "The package in proxying mode";
}

[CollectionDefinition(Name)]
public sealed class ServiceInForwardingMode() : PackagedService(HttpMode.Forwarding), ICollectionFixture<ServiceInForwardingMode>
{
    public const string Name = "The package in forwarding mode";
}
