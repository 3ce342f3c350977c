using System.Text.Json;
using FollowUp.Local.Front;
using FollowUp.Local.Sample;
using FollowUp.Local.Service;
using FollowUp.Tests.Azure;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Local;

/// <summary>The surroundings alone, and a host that somebody else starts with the settings that they write.</summary>
public sealed class HostSettingsTests
{
    [Fact]
    public async Task A_host_with_the_written_settings_runs_the_service_among_the_surroundings()
    {
        await using var local = new LocalService();
        foreach (var (name, value) in HostSettings.AtAnyHour)
            local.Settings[name] = value;
        await local.StartAsync(options => options with { ServiceElsewhere = true });
        await Assert.ThrowsAsync<HttpRequestException>(() => local.Anonymous().GetAsync("/health", TestContext.Current.CancellationToken));

        // The host: it knows the published executable and the file, and nothing else
        var file = await HostSettings.WriteAsync(local.Stack.Settings, local.Options!.Data, TestContext.Current.CancellationToken);
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var values = written.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
        Assert.Equal("custom", values["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", values.Keys);
        await using var service = new ServiceProcess(new ServiceSettings(values), PackagedService.Folder, "", HostPatience.Default, _ => { });
        await service.StartAsync(TestContext.Current.CancellationToken);
        await using var front = FrontHost.Build(local.BaseAddress.Port, FunctionFiles.Read(PackagedService.Folder), HttpMode.Proxying, service);
        await front.StartAsync(TestContext.Current.CancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var pump = local.PumpTo(service).RunAsync(stop.Token);

        await new SampleRegister(local.Stack, _ => { }).LoadAsync(TestContext.Current.CancellationToken);

        Assert.NotEmpty(local.Inbox);
        var real = TimeProvider.System.GetUtcNow();
        Assert.InRange(local.Now, real.AddMinutes(-5), real.AddMinutes(5));
        using var staff = await StaffBrowser.SignInAsync(local, "administrator");
        Assert.Contains("Chasing", (await staff.GetAsync("/staff")).Html, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pump);
    }
}
