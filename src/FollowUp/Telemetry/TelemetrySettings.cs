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

    public ValidateOptionsResult Validate(string? name, TelemetrySettings options) =>
        options.Exporter == TelemetrySettings.AzureMonitor && !IsOne(options.ConnectionString)
            ? ValidateOptionsResult.Fail("Telemetry__ConnectionString is missing: set the connection string of Application Insights, which begins with InstrumentationKey=, or another Telemetry__Exporter.")
            : ValidateOptionsResult.Success;

    internal static bool In(IConfiguration configuration) => IsOne(configuration[ConnectionString]);

    private static bool IsOne(string? text) => text?.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase) == true;
}
