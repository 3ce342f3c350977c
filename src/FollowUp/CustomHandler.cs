using FollowUp.Pages;
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
    public static WebApplication Create(string[] args, IClock clock)
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
        builder.Services.AddPages();

        var app = builder.Build();
        app.UsePages();
        app.MapPages();
        return app;
    }
}
