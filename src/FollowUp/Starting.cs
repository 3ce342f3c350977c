using System.Globalization;
using System.Text.RegularExpressions;
using FollowUp.Doors;
using FollowUp.Telemetry;
using Microsoft.Extensions.Options;

namespace FollowUp;

/// <summary>A start of the service that names what keeps it from running, whichever way it is hosted.</summary>
public static partial class Starting
{
    private const int BadSettings = 78;

    /// <summary>Runs the service; what a person has to mend ends it, with every fault on the error stream and where the telemetry goes.</summary>
    /// <param name="args">Command-line settings, as <c>--Section:Key=value</c>.</param>
    /// <param name="run">Composes the service, runs it, and gives the exit code of its end.</param>
    public static async Task<int> RunAsync(string[] args, Func<Task<int>> run)
    {
        SpeakEnglish();
        try
        {
            return await run();
        }
        catch (Exception bad) when (FaultsOf(bad) is { Count: > 0 } faults)
        {
            return await SayAsync(args, "Setting", faults);
        }
        catch (BadDoorsException bad)
        {
            return await SayAsync(args, "Function", bad.Faults);
        }
    }

    /// <summary>Has dates and numbers written as in English wherever nobody says how, on a machine of any country.</summary>
    public static void SpeakEnglish() =>
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

    /// <summary>Fails with all faults together, before the first of them stops something that is being put together.</summary>
    public static void RequireSoundSettings(this IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>What is wrong with the settings; nothing when the failure is about something else.</summary>
    private static IReadOnlyList<string> FaultsOf(Exception failure) => failure switch
    {
        OptionsValidationException bad => [.. bad.Failures],
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) => [.. several.InnerExceptions.SelectMany(FaultsOf)],
        InvalidOperationException unreadable when NotConverted().Match(unreadable.Message) is { Success: true } found =>
            [$"{found.Groups["path"].Value.Replace(":", "__", StringComparison.Ordinal)} is “{found.Groups["value"].Value}” and cannot be read: set it to {Words(found.Groups["type"].Value)}."],
        _ => [],
    };

    /// <summary>What a setting may be, for whoever does not know .NET.</summary>
    internal static string Words(string type) => type switch
    {
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number such as 2.5",
        "System.TimeSpan" => "a time such as 00:30:00, or 1.00:00:00 for a day",
        "System.Uri" => "a web address such as https://followup.example.gov.uk/",
        _ => "a value of the kind that docs/settings.md names",
    };

    private static async Task<int> SayAsync(string[] args, string what, IEnumerable<string> faults)
    {
        // The property's name before the message says nothing that the setting's name does not
        List<string> lines = [.. faults.Distinct().Select(fault => $"{what}: {PropertyName().Replace(fault, "")}")];
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync(line);
        }

        TelemetryRoom.TellOfFailedStart(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build(), lines);
        return BadSettings;
    }

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline)]
    private static partial Regex NotConverted();

    [GeneratedRegex(@"^\w+: (?=\w+__)")]
    private static partial Regex PropertyName();
}
