using Microsoft.Extensions.Options;

namespace FollowUp.Evidence;

internal static class EvidenceRoom
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EvidenceSettings>().Bind(configuration.GetSection("Evidence")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EvidenceSettings>, EvidenceSettingsRules>();
        services.AddSingleton<IValidateOptions<EvidenceSettings>, ScannerIsNamed>();
        services.AddHttpClient(nameof(HttpScanner), client => client.Timeout = HttpScanner.TimeForAnAnswer)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services
            .AddSingleton<FilesTable>()
            .AddSingleton<FileBlobs>()
            .AddSingleton<DefenderScanner>()
            .AddSingleton<IScanner>(p => p.GetRequiredService<IOptions<EvidenceSettings>>().Value.Scan == EvidenceSettings.Http ? ActivatorUtilities.CreateInstance<HttpScanner>(p, Client(p)) : p.GetRequiredService<DefenderScanner>())
            .AddSingleton<RefuseSentFile>()
            .AddSingleton<SilentScan>()
            .AddSingleton<ScanFiles>()
            .AddSingleton<UploadFile>()
            .AddSingleton<SweepFiles>()
            .AddSingleton<ListFiles>()
            .AddSingleton<GiveFile>();
    }

    private static HttpClient Client(IServiceProvider services) => services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HttpScanner));
}
