using System.Text.Json;

namespace FollowUp.Local.Front;

/// <summary>Reads the app's function.json files; like the host, alphabetically, so that the first route that matches wins.</summary>
internal static class FunctionFiles
{
    /// <param name="folder">A published package with the functions at its root, or a build with them in a folder; null finds the service's own.</param>
    public static IReadOnlyList<Door> Read(string? folder = null)
    {
        folder ??= Path.Combine(RepositoryRoot.Find(), "src", "FollowUp");
        folder = Path.Combine(folder, "functions") is var built && Directory.Exists(built) ? built : folder;
        var doors = Directory.EnumerateDirectories(folder)
            .Select(function => Path.Combine(function, "function.json"))
            .Where(File.Exists)
            .OrderBy(file => Path.GetFileName(Path.GetDirectoryName(file)), StringComparer.OrdinalIgnoreCase)
            .Select(ReadOne)
            .ToList();
        return doors.Count > 0 ? doors : throw new InvalidOperationException($"There is no function.json under {folder}");
    }

    private static Door ReadOne(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var trigger = json.RootElement.GetProperty("bindings").EnumerateArray()
            .Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        return new Door(Path.GetFileName(Path.GetDirectoryName(file))!, Text(trigger, "type"), Text(trigger, "name"))
        {
            Route = Text(trigger, "route"),
            Methods = trigger.TryGetProperty("methods", out var methods) ? [.. methods.EnumerateArray().Select(method => method.GetString()!)] : [],
            Schedule = Text(trigger, "schedule"),
            Queue = Text(trigger, "queueName"),
        };
    }

    private static string Text(JsonElement binding, string name) =>
        binding.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
