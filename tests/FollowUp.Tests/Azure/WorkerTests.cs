using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using FollowUp.Doors;
using FollowUp.Local;
using FollowUp.Local.Front;
using FollowUp.Tests.Infrastructure;
using FollowUp.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FollowUp.Tests.Azure;

/// <summary>The seams that the isolated worker stands on, in a plain host that does as its shim does; and the shim's own text.</summary>
public sealed partial class WorkerTests(LocalService local) : IClassFixture<LocalService>
{
    [Fact]
    public async Task The_service_runs_inside_another_host_and_without_trigger_doors()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(host.Urls.Single()) };

        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/health"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(client, "/assets/followup.css"));
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(client, "/staff"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(client, "/api/organisations"));
        foreach (var door in TriggerPaths.Doors)
            Assert.Contains("404", await RawHttp.ChunkAsync(client.BaseAddress, "/" + door, "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_run_from_the_container_and_stop_when_told_to()
    {
        await using var host = await StartAsync();
        var triggers = host.Services.GetRequiredService<Triggers>();

        Assert.Empty(await triggers.ChaseAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await triggers.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await triggers.SendStaffDigestAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await triggers.SendEmailAsync("""{"mid":"00000000000000000000000000000000","organisation":"nobody","row":"msg|2017-08-31|0"}""", TestContext.Current.CancellationToken));
        Assert.Single(await triggers.SendEmailAsync("somebody else's", TestContext.Current.CancellationToken));

        var stopped = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => triggers.ChaseAsync(stopped));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => triggers.SweepAsync(stopped));
    }

    [Fact]
    public void The_worker_has_the_same_doors()
    {
        var files = FunctionFiles.Read().Select(door => $"{door.Name} {door.Route}{door.Schedule}{door.Queue} {string.Join(',', door.Methods)}");

        Assert.Equal(files.Order(), HttpDoors().Concat(TriggerDoorsOfTheWorker()).Order());
    }

    [Fact]
    public void The_worker_has_the_same_limits()
    {
        using var handler = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "host.json")));
        using var worker = JsonDocument.Parse(Text("host.json"));

        foreach (var section in new[] { "functionTimeout", "extensions", "logging" })
            Assert.True(JsonElement.DeepEquals(handler.RootElement.GetProperty(section), worker.RootElement.GetProperty(section)), section);
    }

    [Fact]
    public void The_worker_takes_the_environments_name_from_where_the_handler_does_before_it_composes()
    {
        var program = Text("Program.cs");

        var named = program.IndexOf("builder.Environment.EnvironmentName = Environment.GetEnvironmentVariable(\"ASPNETCORE_ENVIRONMENT\") ?? Environments.Production;", StringComparison.Ordinal);
        Assert.InRange(named, 0, program.IndexOf("AddFollowUp(", StringComparison.Ordinal));
    }

    [Fact]
    public void The_worker_says_with_its_exit_code_who_ended_it() =>
        Assert.Contains("return await Ending.RunAsync(host);", Text("Program.cs"), StringComparison.Ordinal);

    [Fact]
    public void The_worker_looks_for_its_files_beside_its_assembly_before_it_composes()
    {
        var program = Text("Program.cs");

        foreach (var line in new[] { "builder.Environment.ContentRootPath = AppContext.BaseDirectory;", "builder.Environment.ContentRootFileProvider = new PhysicalFileProvider(AppContext.BaseDirectory);" })
            Assert.InRange(program.IndexOf(line, StringComparison.Ordinal), 0, program.IndexOf("ConfigureFunctionsWebApplication(", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forged_prefix_moves_no_address()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(host.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/evil");

        Assert.DoesNotContain("evil", await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var challenge = await client.GetAsync("/staff", TestContext.Current.CancellationToken);
        Assert.Equal(new Uri(local.BaseAddress, "signin-oidc").AbsoluteUri, HttpUtility.ParseQueryString(challenge.Headers.Location!.Query)["redirect_uri"]);
        Assert.All(challenge.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("evil", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_ring_is_not_read_before_the_service_listens()
    {
        await using var host = await StartAsync();

        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service.GetType().Namespace!.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host.Results", "None")]
    [InlineData("Microsoft.AspNetCore", "Warning")]
    [InlineData("Microsoft.Azure.WebJobs.Script.WebHost.Middleware", "Warning")]
    [InlineData("System.Net.Http", "Warning")]
    [InlineData("Yarp", "Warning")]
    public void The_host_is_told_to_write_down_no_addresses(string category, string level)
    {
        using var host = JsonDocument.Parse(Text("host.json"));
        var logging = host.RootElement.GetProperty("logging");

        Assert.Equal(level, logging.GetProperty("logLevel").GetProperty(category).GetString());
        Assert.False(logging.GetProperty("applicationInsights").GetProperty("enableDependencyTracking").GetBoolean());
        Assert.False(logging.GetProperty("applicationInsights").GetProperty("httpAutoCollectionOptions").GetProperty("enableHttpTriggerExtendedInfoCollection").GetBoolean());
    }

    [Fact]
    public void The_front_lets_as_many_messages_run_as_the_host_does()
    {
        using var handler = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "host.json")));
        var queues = handler.RootElement.GetProperty("extensions").GetProperty("queues");

        Assert.Equal(QueuePump.AtOnce, queues.GetProperty("batchSize").GetInt32() + queues.GetProperty("newBatchThreshold").GetInt32());
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<WebApplication> StartAsync()
    {
        // The worker's own assembly knows nothing of the pages, and neither does this one
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(JsonDocument).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.AddInMemoryCollection(local.Stack.Settings.Environment.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.Services.AddSingleton<IClock>(local.Stack.Clock);
        builder.Services.AddFollowUp(builder.Configuration);

        var app = builder.Build();
        // The worker believes the host's forwarding headers, and has matched a route of its own before the service's pipeline begins
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
        app.UseRouting();
        var inner = new ApplicationBuilder(app.Services);
        inner.UseFollowUp();
        var pipeline = inner.Build();
        app.Run(async context =>
        {
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            await pipeline(context);
            await context.Response.CompleteAsync();
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static IEnumerable<string> HttpDoors() =>
        from Match door in HttpDoor().Matches(Text("HttpDoors.cs"))
        select $"{door.Groups[1].Value} {door.Groups[3].Value} {door.Groups[2].Value.Replace("\"", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)}";

    private static IEnumerable<string> TriggerDoorsOfTheWorker() =>
        from Match door in TriggerDoor().Matches(Text("TriggerDoors.cs"))
        select $"{door.Groups[1].Value} {door.Groups[2].Value} ";

    private static string Text(string file) => File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "src", "FollowUp.Worker", file));

    [GeneratedRegex("""\[Function\("(\w+)"\)\]\s+public Task \w+\(\[HttpTrigger\(Open, (.*?), Route = "(.*?)"\)\]""")]
    private static partial Regex HttpDoor();

    [GeneratedRegex("""\[Function\("(\w+)"\)\]\s+public Task \w+\(\[(?:Timer|Queue)Trigger\("(.*?)".*?\)\]""")]
    private static partial Regex TriggerDoor();
}
