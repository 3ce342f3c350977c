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
}

[OptionsValidator]
internal sealed partial class TelemetrySettingsRules : IValidateOptions<TelemetrySettings>;

internal sealed class AzureMonitorIsNamed(IConfiguration configuration) : IValidateOptions<TelemetrySettings>
{
    internal const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public ValidateOptionsResult Validate(string? name, TelemetrySettings options) =>
        options.Exporter == TelemetrySettings.AzureMonitor && !In(configuration)
            ? ValidateOptionsResult.Fail($"{ConnectionString} is missing: set the connection string of Application Insights, which begins with InstrumentationKey=, or another Telemetry__Exporter.")
            : ValidateOptionsResult.Success;

    internal static bool In(IConfiguration configuration) =>
        configuration[ConnectionString]?.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase) == true;
}
