namespace FollowUp.Local;

/// <summary>A small web application of this process, quiet, on one port of this machine, stopped only by its owner.</summary>
internal static class PlainWeb
{
    public static WebApplication Create(int port, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        configure(builder);
        return builder.Build();
    }

    // The usual lifetime listens for Ctrl+C, and each part would stop by itself, in no order
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
