using System.Globalization;
using System.Text.Json;
using FollowUp.Time;

namespace FollowUp.Doors;

/// <summary>What host.json must say so that the Functions host hands requests on as they are and without a prefix, can read the queue, and lets runs end.</summary>
internal static class HostFile
{
    private const string Forwarding = "enableForwardingHttpRequest";
    private const string Proxying = "enableProxyingHttpRequest";

    /// <summary>JSON as the Functions host takes it.</summary>
    internal static readonly JsonDocumentOptions AsTheHostReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What is wrong with the file of a folder.</summary>
    public static IEnumerable<string> FaultsIn(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, "host.json"));
        if (!file.Exists)
        {
            yield return "host.json is missing beside the executable: publish the service again.";
            yield break;
        }

        if (Read(file) is not { } host)
        {
            yield return "host.json is no JSON: publish the service again.";
            yield break;
        }

        if (!IsOn(host, Forwarding) && !IsOn(host, Proxying))
        {
            yield return "host.json sets neither customHandler.enableForwardingHttpRequest nor customHandler.enableProxyingHttpRequest to true. The host would send requests as JSON to the functions' names, and no page would ever answer: set both, since older hosts know the first alone.";
        }

        if (Said(host, "extensions", "http", "routePrefix") is not "")
        {
            yield return "host.json does not set extensions.http.routePrefix to nothing (\"\"), and every page would begin with api/: set it.";
        }

        if (Said(host, "extensions", "queues", "messageEncoding") is { } encoding && !"base64".Equals(encoding, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"host.json sets extensions.queues.messageEncoding to “{encoding}”, and no message of the service could be read: set it to base64.";
        }

        if (TimeSpan.TryParse(Said(host, "functionTimeout"), CultureInfo.InvariantCulture, out var longest) && longest > TimeSpan.Zero && longest <= RunTime.Longest)
        {
            yield return $"host.json sets functionTimeout to {longest}, and the host would end the whole process in the middle of a long run, which ends itself after {RunTime.Longest}: set it to 00:05:00.";
        }
    }

    private static JsonElement? Read(FileInfo file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(file.FullName), AsTheHostReads).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOn(JsonElement host, string way) =>
        "true".Equals(Said(host, "customHandler", way), StringComparison.OrdinalIgnoreCase);

    /// <summary>What the host goes by: an app setting goes before the file.</summary>
    private static string? Said(JsonElement host, params string[] path) =>
        Environment.GetEnvironmentVariable($"AzureFunctionsJobHost__{string.Join("__", path)}") ?? At(host, path);

    private static string? At(JsonElement element, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ToString();
    }
}
