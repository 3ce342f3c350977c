using System.Text.Encodings.Web;
using System.Text.Json;

namespace FollowUp.Local.Service;

/// <summary>What a Functions host is told so that it runs the service among these surroundings: a <c>local.settings.json</c>.</summary>
internal static class HostSettings
{
    public const string File = "local.settings.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Chasing that does not wait for office hours: a host knows real time only.</summary>
    public static IReadOnlyDictionary<string, string> AtAnyHour { get; } =
        new Dictionary<string, string> { ["Chasing__Hours"] = "00:00-24:00", ["Chasing__WorkingDaysOnly"] = "false" };

    /// <summary>The settings of the service and those of the host.</summary>
    public static IReadOnlyDictionary<string, string> For(ServiceSettings service)
    {
        // Where to listen and what to say are the host's own affairs
        var settings = service.Environment
            .Where(setting => setting.Key != "ASPNETCORE_URLS" && !setting.Key.StartsWith("Logging__", StringComparison.Ordinal))
            .ToDictionary(setting => setting.Key, setting => setting.Value);
        settings["FUNCTIONS_WORKER_RUNTIME"] = "custom";
        return settings;
    }

    /// <summary>Writes the file into a folder.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> WriteAsync(ServiceSettings service, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, File);
        await System.IO.File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { IsEncrypted = false, Values = For(service) }, Readable), cancellationToken);
        return path;
    }
}
