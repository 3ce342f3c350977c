using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Telemetry;

/// <summary>Where traces, metrics and logs go, besides the log lines of the process (section <c>Telemetry</c>).</summary>
public sealed class TelemetrySettings
{
    internal const string None = "none";
    internal const string Console = "console";
    internal const string Otlp = "otlp";
    internal const string AzureMonitor = "azureMonitor";

    /// <summary><c>none</c>, <c>console</c>, <c>otlp</c> or <c>azureMonitor</c>.</summary>
    [Required(ErrorMessage = "Telemetry__Exporter is empty: set it to none, console, otlp or azureMonitor, or leave it out.")]
    [RegularExpression("^(none|console|otlp|azureMonitor)$", ErrorMessage = "Telemetry__Exporter is not known: set it to none, console, otlp or azureMonitor.")]
    public string Exporter { get; set; } = None;

    /// <summary>
    /// The connection string of Application Insights, for <c>azureMonitor</c>. Not the platform's own setting: that one
    /// the Functions host reads too, and it writes down every address, a link's secret among them.
    /// </summary>
    public string? ConnectionString { get; set; }
}

[OptionsValidator]
internal sealed partial class TelemetrySettingsRules : IValidateOptions<TelemetrySettings>;

internal sealed class AzureMonitorIsNamed : IValidateOptions<TelemetrySettings>
{
    internal const string ConnectionString = "Telemetry:ConnectionString";
    private const string Remedy = "copy the connection string of Application Insights, which begins with InstrumentationKey=";

    public ValidateOptionsResult Validate(string? name, TelemetrySettings options) =>
        options.Exporter == TelemetrySettings.AzureMonitor && FaultOf(options.ConnectionString) is { } fault
            ? ValidateOptionsResult.Fail(fault)
            : ValidateOptionsResult.Success;

    /// <summary>Whether the exporter can be made of what the settings say.</summary>
    internal static bool In(IConfiguration configuration) => FaultOf(configuration[ConnectionString]) is null;

    // The exporter reads it no earlier than it is made, and fails without the setting's name
    private static string? FaultOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"Telemetry__ConnectionString is missing: {Remedy}, or set another Telemetry__Exporter.";
        }

        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)))
        {
            if (part is not [{ Length: > 0 } key, { Length: > 0 } value] || !parts.TryAdd(key, value))
            {
                return $"Telemetry__ConnectionString cannot be read at “{part[0]}”: {Remedy}.";
            }
        }

        return !parts.TryGetValue("InstrumentationKey", out var instrumentation) || !Guid.TryParse(instrumentation, out _)
                ? $"Telemetry__ConnectionString has no InstrumentationKey like 00000000-0000-0000-0000-000000000000: {Remedy}."
            : parts.FirstOrDefault(part => part.Key.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase) && !IsWebAddress(part.Value)) is { Key: { } endpoint }
                ? $"Telemetry__ConnectionString has an {endpoint} that is no https:// address: {Remedy}."
            : parts.TryGetValue("EndpointSuffix", out var suffix) && Uri.CheckHostName(suffix) != UriHostNameType.Dns
                ? $"Telemetry__ConnectionString has an EndpointSuffix that is no host name: {Remedy}."
            : null;
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
}

internal sealed class OtlpIsNamed(IConfiguration configuration) : IValidateOptions<TelemetrySettings>
{
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    // Without one the exporter sends to this machine, where nobody listens, and says nothing of it
    public ValidateOptionsResult Validate(string? name, TelemetrySettings options) =>
        options.Exporter == TelemetrySettings.Otlp && Endpoints.All(endpoint => string.IsNullOrWhiteSpace(configuration[endpoint]))
            ? ValidateOptionsResult.Fail("OTEL_EXPORTER_OTLP_ENDPOINT is missing: set the address of your OpenTelemetry collector, such as http://localhost:4317, or another Telemetry__Exporter.")
            : ValidateOptionsResult.Success;
}
