using FollowUp.Doors;
using FollowUp.Time;

namespace FollowUp;

/// <summary>
/// The service as the Azure Functions host starts it: an executable that listens on the port it is given.
/// Local and the tests start the same composition with a clock of their own.
/// </summary>
public static class CustomHandler
{
    /// <summary>Builds the service, ready to run.</summary>
    /// <param name="args">Command-line settings, as <c>--Section:Key=value</c>.</param>
    /// <param name="clock">The domain's clock.</param>
    public static WebApplication Create(string[] args, IClock clock) => Create(args, clock, HostWatch.FindHost());

    private static WebApplication Create(string[] args, IClock clock, int? host)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var port = Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT") ?? "5080";
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddSingleton(clock);
        builder.Services.AddFollowUp(builder.Configuration);
        if (host is { } process)
        {
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<HostWatch>(services, process));
        }

        var app = builder.Build();
        app.Services.RequireSoundSettings();
        app.UseFollowUp(routes => routes.MapTriggerDoors());
        FunctionDoors.Require(AppContext.BaseDirectory);
        return app;
    }

    /// <summary>Runs the service; bad settings end it with every fault named.</summary>
    /// <returns>The exit code: never 0, which the host takes for "do not start again".</returns>
    public static Task<int> RunAsync(string[] args, IClock clock)
    {
        // Before the web server and all the rest are loaded, which takes long enough for a host to be killed
        var host = HostWatch.FindHost();
        return Starting.RunAsync(args, async () =>
        {
            await using var app = Create(args, clock, host);
            await app.RunAsync();
            return Ending.StartAgain;
        });
    }
}
