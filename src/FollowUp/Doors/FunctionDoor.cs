using System.Text.Json;

namespace FollowUp.Doors;

/// <summary>One function of the app, as the Functions host reads it from its function.json.</summary>
/// <param name="Route">The public route; null for a timer or a queue.</param>
internal sealed record FunctionDoor(string Name, string? Route, IReadOnlyList<string> Methods)
{
    /// <summary>What it says of its trigger, by the names of the properties that are text: <c>type</c>, <c>name</c>, <c>queueName</c>, <c>schedule</c>, <c>authLevel</c>.</summary>
    public IReadOnlyDictionary<string, string> Trigger { get; init; } = new Dictionary<string, string>();

    /// <summary>The types of its other bindings.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The functions beside the executable: at the root of a package, or in the folder <c>functions</c> of a build.</summary>
    public static IReadOnlyList<FunctionDoor> ReadAll(string folder, ICollection<string> faults)
    {
        var built = Path.Combine(folder, "functions");
        return
        [
            .. Directory.EnumerateDirectories(Directory.Exists(built) ? built : folder)
                .Select(door => Path.Combine(door, "function.json"))
                .Where(File.Exists)
                .Order(StringComparer.OrdinalIgnoreCase)
                .Select(file => Read(file, faults))
                .OfType<FunctionDoor>(),
        ];
    }

    private static FunctionDoor? Read(string file, ICollection<string> faults)
    {
        var name = Path.GetFileName(Path.GetDirectoryName(file))!;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), HostFile.AsTheHostReads);
            var (triggers, others) = (new List<JsonElement>(), new List<JsonElement>());
            foreach (var binding in json.RootElement.GetProperty("bindings").EnumerateArray())
            {
                (Text(binding, "type")?.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase) == true ? triggers : others).Add(binding);
            }

            if (triggers is [var trigger])
            {
                return new FunctionDoor(name, IsHttp(trigger) ? Text(trigger, "route") ?? name : null, MethodsOf(trigger))
                {
                    Trigger = trigger.EnumerateObject().Where(said => said.Value.ValueKind == JsonValueKind.String).ToDictionary(said => said.Name, said => said.Value.GetString()!, StringComparer.OrdinalIgnoreCase),
                    Others = [.. others.Select(other => Text(other, "type") ?? "")],
                };
            }

            faults.Add($"{name}/function.json has {triggers.Count} triggers and needs one.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            faults.Add($"{name}/function.json cannot be read: {unreadable.Message}");
        }

        return null;
    }

    private static bool IsHttp(JsonElement trigger) => "httpTrigger".Equals(Text(trigger, "type"), StringComparison.OrdinalIgnoreCase);

    private static string[] MethodsOf(JsonElement trigger) =>
        trigger.TryGetProperty("methods", out var methods) ? [.. methods.EnumerateArray().Select(MethodOf)] : [];

    private static string MethodOf(JsonElement method) =>
        method.GetString()?.ToUpperInvariant() ?? throw new InvalidOperationException("methods holds null. Name methods, such as \"get\", or leave methods out for all of them.");

    private static string? Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;
}
