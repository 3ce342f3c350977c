using System.Text.RegularExpressions;
using FollowUp.Doors;
using FollowUp.Telemetry;
using FollowUp.Time;
using Microsoft.Extensions.Options;

namespace FollowUp;

/// <summary>
/// The service as the Azure Functions host starts it: an executable that listens on the port it is given.
/// Local and the tests start the same composition with a clock of their own.
/// </summary>
public static partial class CustomHandler
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
        builder.Services.AddFollowUp(builder.Configuration);

        var app = builder.Build();
        // All faults together, before the first of them stops something that is being put together
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseFollowUp(routes => routes.MapTriggerDoors());
        FunctionDoors.Require(AppContext.BaseDirectory);
        return app;
    }

    /// <summary>Runs the service; bad settings end it with every fault named.</summary>
    /// <returns>The exit code: never 0, which the host takes for "do not start again".</returns>
    public static async Task<int> RunAsync(string[] args, IClock clock)
    {
        try
        {
            await using var app = Create(args, clock);
            await app.RunAsync();
            return StoppedFromOutside;
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

    /// <summary>What is wrong with the settings; nothing when the failure is about something else.</summary>
    private static IReadOnlyList<string> FaultsOf(Exception failure) => failure switch
    {
        OptionsValidationException bad => [.. bad.Failures],
        AggregateException several when several.InnerExceptions.All(e => e is OptionsValidationException) => [.. several.InnerExceptions.SelectMany(FaultsOf)],
        InvalidOperationException unreadable when NotConverted().Match(unreadable.Message) is { Success: true } found =>
            [$"{found.Groups["path"].Value.Replace(":", "__", StringComparison.Ordinal)} is “{found.Groups["value"].Value}” and cannot be read: set it to {(found.Groups["type"].Value == "System.Boolean" ? "true or false" : $"a {found.Groups["type"].Value}")}."],
        _ => [],
    };

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline)]
    private static partial Regex NotConverted();

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

    [GeneratedRegex(@"^\w+: (?=\w+__)")]
    private static partial Regex PropertyName();

    private const int BadSettings = 78;
    private const int StoppedFromOutside = 200;
}
