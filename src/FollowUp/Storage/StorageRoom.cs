using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace FollowUp.Storage;

internal static class StorageRoom
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageSettings>().Configure(s => StorageSettings.Bind(s, configuration)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageSettings>, StorageSettingsRules>();
        services.AddSingleton<IValidateOptions<StorageSettings>, StorageIsNamed>();
        services.AddSingleton(p => Tables(p.GetRequiredService<IOptions<StorageSettings>>().Value));
        services.AddSingleton(p => Queues(p.GetRequiredService<IOptions<StorageSettings>>().Value));
        services.AddSingleton(p => Blobs(p.GetRequiredService<IOptions<StorageSettings>>().Value));
        services.AddSingleton<Store>();
        services.AddSingleton<ChangeStamp>();
        services.AddHostedService<StoreLayout>();
        return services;
    }

    private static TableServiceClient Tables(StorageSettings settings)
    {
        var options = WithRetry(new TableClientOptions());
        return settings.ConnectionString is { Length: > 0 } connection
            ? new TableServiceClient(connection, options)
            : new TableServiceClient(Endpoint(settings, "table"), settings.Identity(), options);
    }

    private static QueueServiceClient Queues(StorageSettings settings)
    {
        var options = WithRetry(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return settings.ConnectionString is { Length: > 0 } connection
            ? new QueueServiceClient(connection, options)
            : new QueueServiceClient(Endpoint(settings, "queue"), settings.Identity(), options);
    }

    private static BlobServiceClient Blobs(StorageSettings settings)
    {
        var options = WithRetry(new BlobClientOptions());
        return settings.ConnectionString is { Length: > 0 } connection
            ? new BlobServiceClient(connection, options)
            : new BlobServiceClient(Endpoint(settings, "blob"), settings.Identity(), options);
    }

    private static TOptions WithRetry<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Retry.MaxRetries = 3;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(4);
        return options;
    }

    private static Uri Endpoint(StorageSettings settings, string kind) => new($"https://{settings.AccountName}.{kind}.core.windows.net");
}
