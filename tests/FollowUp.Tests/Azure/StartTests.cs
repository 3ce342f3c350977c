using System.Diagnostics;
using System.Globalization;
using FollowUp.Local;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>What keeps the executable from starting, and how it says so.</summary>
public sealed class StartTests : IDisposable
{
    private const int BadSettings = 78;
    private static readonly Dictionary<string, string> Sound = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        ["FollowUp__BaseAddress"] = "http://127.0.0.1/",
        ["SendGrid__ApiKey"] = "x",
        ["SendGrid__WebhookPublicKey"] = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
        ["Email__From"] = "a@example.org",
        ["Email__FromName"] = "A",
        ["Email__AllowedDomains__0"] = "example",
        ["Inspectorate__Name"] = "A",
        ["Inspectorate__Mailbox"] = "a@example.org",
        ["SignIn__Authority"] = "http://127.0.0.1/",
        ["SignIn__ClientId"] = "x",
        ["SignIn__ClientSecret"] = "x",
        ["SignIn__Audience"] = "x",
    };

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("followup-");

    [Fact]
    public async Task Missing_settings_are_all_named_with_their_remedies()
    {
        var (code, said) = await RunAsync(PackagedService.Folder, []);

        Assert.Equal(BadSettings, code);
        foreach (var setting in new[] { "FollowUp__BaseAddress", "AzureWebJobsStorage__accountName", "KeyRing__VaultUri", "SendGrid__ApiKey", "SendGrid__WebhookPublicKey", "Email__From", "Inspectorate__Mailbox", "SignIn__Authority" })
            Assert.Contains($"Setting: {setting} is missing: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true", "AzureWebJobsStorage is a connection string")]
    [InlineData("FollowUp__BaseAddress", "http://followup.example.gov.uk/", "FollowUp__BaseAddress must start with https://")]
    [InlineData("KeyRing__VaultUri", "http://vault.example/", "KeyRing__VaultUri must be the https:// address")]
    [InlineData("Telemetry__Exporter", "everywhere", "Telemetry__Exporter is not known")]
    [InlineData("Telemetry__Exporter", "azureMonitor", "Telemetry__ConnectionString is missing")]
    [InlineData("Chasing__Hours", "late", "Chasing__Hours must be like")]
    [InlineData("SendGrid__ApiKey", "@Microsoft.KeyVault(VaultName=kv;SecretName=sendgrid)", "SendGrid__ApiKey is a Key Vault reference that could not be read")]
    public async Task A_wrong_setting_is_named_in_production(string name, string value, string fault)
    {
        var (code, said) = await RunAsync(PackagedService.Folder, new() { [name] = value });

        Assert.Equal(BadSettings, code);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InstrumentationKey=", "cannot be read at “InstrumentationKey”")]
    [InlineData("InstrumentationKey=x", "has no InstrumentationKey like")]
    [InlineData("IngestionEndpoint=https://uksouth-1.in.applicationinsights.azure.com/", "has no InstrumentationKey like")]
    [InlineData("InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=nowhere", "has an IngestionEndpoint that is no https:// address")]
    [InlineData("InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint", "cannot be read at “IngestionEndpoint”")]
    [InlineData("InstrumentationKey=00000000-0000-0000-0000-000000000001;EndpointSuffix=a b", "has an EndpointSuffix that is no host name")]
    public async Task A_wrong_connection_string_of_application_insights_is_named(string text, string fault)
    {
        var (code, said) = await RunAsync(PackagedService.Folder, new() { ["Telemetry__Exporter"] = "azureMonitor", ["Telemetry__ConnectionString"] = text });

        Assert.Equal(BadSettings, code);
        Assert.Contains("Setting: Telemetry__ConnectionString " + fault, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_settings_are_told_to_application_insights_too()
    {
        await using var monitor = await AzureMonitorReceiver.StartAsync();

        var (code, _) = await RunAsync(PackagedService.Folder, new(monitor.Settings) { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true", ["Chasing__Hours"] = "late" });

        Assert.Equal(BadSettings, code);
        Assert.Contains("The service cannot start. Setting: SendGrid__ApiKey is missing: ", monitor.All, StringComparison.Ordinal);
        Assert.Contains("Setting: Chasing__Hours must be like", monitor.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_does_not_fit_is_named()
    {
        // Links instead of copies: the package is large
        using (var copying = Process.Start("cp", ["-al", PackagedService.Folder + "/.", _copy.FullName]))
            await copying.WaitForExitAsync(TestContext.Current.CancellationToken);
        var functions = Path.Combine(_copy.FullName, "functions");
        var door = Directory.CreateDirectory(Path.Combine(Directory.Exists(functions) ? functions : _copy.FullName, "Forgotten"));
        await File.WriteAllTextAsync(Path.Combine(door.FullName, "function.json"), """{"bindings":[{"type":"queueTrigger","name":"x","queueName":"y"}]}""", TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync(_copy.FullName, Sound);

        Assert.Equal(BadSettings, code);
        Assert.Contains("Function: Forgotten/function.json names no use case", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_ends_when_the_host_that_started_it_was_killed(bool whileItComesUp)
    {
        var port = FreePort.Next();
        var start = new ProcessStartInfo("sh", ["-c", "./FollowUp & echo $!; wait"]) { RedirectStandardOutput = true, WorkingDirectory = PackagedService.Folder };
        foreach (var (name, value) in Sound)
            start.Environment[name] = value;
        start.Environment["AzureWebJobsStorage"] = SharedStorage.Next();
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}";
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = "c1f6e0c4-5f8f-4d5c-8f2e-0d6a3b1f7a10";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var host = Process.Start(start)!;
        var service = int.Parse((await host.StandardOutput.ReadLineAsync(limit.Token))!, CultureInfo.InvariantCulture);
        try
        {
            await (whileItComesUp ? BeginsAsync(service, limit.Token) : ComesUpAsync(host, limit.Token));
            host.Kill();

            // The pipe is open for as long as the service lives
            Assert.Contains($"The Functions host (process {host.Id}) has gone", await host.StandardOutput.ReadToEndAsync(limit.Token), StringComparison.Ordinal);
        }
        catch
        {
            Process.GetProcessById(service).Kill();
            throw;
        }
    }

    public void Dispose() => _copy.Delete(recursive: true);

    private static async Task ComesUpAsync(Process host, CancellationToken stop)
    {
        var said = new List<string>();
        while (!said.Exists(line => line.Contains("Application started", StringComparison.Ordinal)))
            said.Add(await host.StandardOutput.ReadLineAsync(stop) ?? throw new InvalidOperationException(string.Join('\n', said)));
    }

    /// <summary>Waits until the service has loaded its web server, which is long before it listens.</summary>
    private static async Task BeginsAsync(int service, CancellationToken stop)
    {
        while (!(await File.ReadAllTextAsync($"/proc/{service}/maps", stop)).Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal))
            await Task.Delay(5, stop);
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "FollowUp")) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var said = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, said + await output);
        }
        finally
        {
            process.Kill();
        }
    }
}
