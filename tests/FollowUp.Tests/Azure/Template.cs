using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using FollowUp.Local;

namespace FollowUp.Tests.Azure;

/// <summary>The infrastructure as Azure Resource Manager gets it: compiled once for all tests.</summary>
public sealed class Template : IAsyncLifetime
{
    public string Text { get; private set; } = "";

    public string Warnings { get; private set; } = "";

    internal JsonObject Root { get; private set; } = [];

    internal IEnumerable<JsonObject> Resources => Root["resources"]!.AsObject().Select(pair => pair.Value!.AsObject());

    public async ValueTask InitializeAsync()
    {
        (Text, Warnings) = await BicepAsync("build", "main.bicep", []);
        Root = JsonNode.Parse(Text)!.AsObject();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal JsonObject The(string type) => Assert.Single(Resources, resource => (string?)resource["type"] == type);

    /// <summary>What a parameter file sets; what the deployer keeps to themselves is made up.</summary>
    internal static async Task<JsonObject> ParametersAsync(string file, string madeUp = "x")
    {
        var secrets = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "infra", file)).Split('\'').Where(part => part.StartsWith("FOLLOWUP_", StringComparison.Ordinal));
        var (text, _) = await BicepAsync("build-params", file, secrets, madeUp);
        return JsonNode.Parse((string)JsonNode.Parse(text)!["parametersJson"]!)!["parameters"]!.AsObject();
    }

    private static async Task<(string Output, string Errors)> BicepAsync(string verb, string file, IEnumerable<string> environment, string value = "x")
    {
        var bicep = typeof(Template).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;
        var start = new ProcessStartInfo(bicep, [verb, Path.Combine(RepositoryRoot.Find(), "infra", file), "--stdout"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return (output, await errors);
    }
}
