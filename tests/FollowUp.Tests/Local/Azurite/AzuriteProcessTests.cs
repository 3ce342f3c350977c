using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using FollowUp.Local.Azurite;

namespace FollowUp.Tests.Local.Azurite;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("followup-");

    [Fact]
    public async Task What_is_stored_is_there_after_a_restart()
    {
        var data = Path.Combine(_folder.FullName, "azurite");
        await using (var azurite = await AzuriteProcess.StartAsync(data, TestContext.Current.CancellationToken))
            await new QueueClient(azurite.ConnectionString, "kept").CreateAsync(cancellationToken: TestContext.Current.CancellationToken);

        await using var again = await AzuriteProcess.StartAsync(data, TestContext.Current.CancellationToken);
        Assert.True(await new QueueClient(again.ConnectionString, "kept").ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_leftover_of_a_killed_run_is_ended()
    {
        var data = Path.Combine(_folder.FullName, "azurite");
        await using var leftover = await AzuriteProcess.StartAsync(data, TestContext.Current.CancellationToken);
        using var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(data + ".pid", TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));

        await using var next = await AzuriteProcess.StartAsync(data, TestContext.Current.CancellationToken);

        Assert.True(process.HasExited);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
