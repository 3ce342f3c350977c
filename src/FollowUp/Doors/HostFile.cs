using System.Text.Json;

namespace FollowUp.Doors;

/// <summary>What host.json must say so that the Functions host hands requests on as they are, and without a prefix.</summary>
internal static class HostFile
{
    private const string Forwarding = "enableForwardingHttpRequest";
    private const string Proxying = "enableProxyingHttpRequest";

    // An app setting goes before the file
    private const string Prefix = "AzureFunctionsJobHost__extensions__http__routePrefix";

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

        if ((Environment.GetEnvironmentVariable(Prefix) ?? At(host, "extensions", "http", "routePrefix")) is not "")
        {
            yield return "host.json does not set extensions.http.routePrefix to nothing (\"\"), and every page would begin with api/: set it.";
        }
    }

    private static JsonElement? Read(FileInfo file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllText(file.FullName), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOn(JsonElement host, string way) =>
        "true".Equals(Environment.GetEnvironmentVariable($"AzureFunctionsJobHost__customHandler__{way}") ?? At(host, "customHandler", way), StringComparison.OrdinalIgnoreCase);

    private static string? At(JsonElement element, params IEnumerable<string> path)
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
