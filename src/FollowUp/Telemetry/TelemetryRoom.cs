using Azure.Monitor.OpenTelemetry.Exporter;
using FollowUp.Storage;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FollowUp.Telemetry;

internal static partial class TelemetryRoom
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetrySettings>().Bind(configuration.GetSection("Telemetry")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetrySettings>, TelemetrySettingsRules>();
        services.AddSingleton<IValidateOptions<TelemetrySettings>, AzureMonitorIsNamed>();
        services.AddSingleton<IValidateOptions<TelemetrySettings>>(new OtlpIsNamed(configuration));
        services.AddLogging(Quieten);

        // Which exporter it is decides what is composed, so it is read before the options exist
        var exporter = configuration["Telemetry:Exporter"] ?? TelemetrySettings.None;
        if (exporter is TelemetrySettings.Console or TelemetrySettings.Otlp or TelemetrySettings.AzureMonitor)
        {
            Compose(services, configuration).Export(exporter, configuration);
        }

        return services;
    }

    /// <summary>
    /// Tells of a start that fails, before anything is composed: in Azure nobody reads the error stream of a host that has
    /// no telemetry of its own.
    /// </summary>
    public static void TellOfFailedStart(IConfiguration configuration, IEnumerable<string> faults)
    {
        if (configuration["Telemetry:Exporter"] != TelemetrySettings.AzureMonitor || !AzureMonitorIsNamed.In(configuration))
        {
            return;
        }

        using var logging = LoggerFactory.Create(building => building.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.AddAzureMonitorLogExporter(To(configuration));
        }));
        var logger = logging.CreateLogger(Trail.Name);
        foreach (var fault in faults)
        {
            CannotStart(logger, fault);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The service cannot start. {Fault}")]
    private static partial void CannotStart(ILogger logger, string fault);

    // Request logs hold addresses, and the address of a link is its secret
    private static void Quieten(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("System.Net.Http", LogLevel.Warning)
        .AddFilter("Azure", LogLevel.Warning);

    private static OpenTelemetryBuilder Compose(IServiceCollection services, IConfiguration configuration) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(Trail.Name, serviceInstanceId: configuration["WEBSITE_INSTANCE_ID"] ?? Environment.MachineName))
        .WithTracing(traces => traces
            .AddSource(Trail.Name)
            // Whoever calls may say that they keep no trace of it; we keep one all the same
            .SetSampler(new AlwaysOnSampler())
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddProcessor<Discretion>())
        .WithMetrics(metrics => metrics
            .AddMeter(Trail.Name)
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation())
        .WithLogging(_ => { }, logs => logs.IncludeScopes = false);

    private static void Export(this OpenTelemetryBuilder telemetry, string exporter, IConfiguration configuration)
    {
        switch (exporter)
        {
            case TelemetrySettings.Otlp:
                telemetry.UseOtlpExporter();
                break;
            case TelemetrySettings.Console:
                telemetry
                    .WithTracing(traces => traces.AddConsoleExporter())
                    .WithMetrics(metrics => metrics.AddConsoleExporter())
                    .WithLogging(logs => logs.AddConsoleExporter());
                break;
            // Without it the exporter cannot even be made, and the start fails by the setting's name
            case TelemetrySettings.AzureMonitor when AzureMonitorIsNamed.In(configuration):
                telemetry
                    .WithTracing(traces => traces.AddAzureMonitorTraceExporter(To(configuration)))
                    .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(To(configuration)))
                    .WithLogging(logs => logs.AddAzureMonitorLogExporter(To(configuration)));
                break;
        }
    }

    private static Action<AzureMonitorExporterOptions> To(IConfiguration configuration)
    {
        var storage = new StorageSettings();
        StorageSettings.Bind(storage, configuration);
        return options =>
        {
            options.ConnectionString = configuration[AzureMonitorIsNamed.ConnectionString];

            // As for storage: the managed identity, except beside an emulator
            options.Credential = storage.ConnectionString is { Length: > 0 } ? null : storage.Identity();

            // By itself it keeps five traces a second, and a message could not be followed through a busy morning
            (options.TracesPerSecond, options.SamplingRatio) = (null, 1);
        };
    }
}
