using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace FollowUp.Tests.Pages;

/// <summary>The examples that GOV.UK Frontend ships for other implementations: options, and the markup they must give.</summary>
internal static partial class GovukFixtures
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // An option that a component of ours does not know must not pass by being ignored
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new HtmlConverter(), new TextConverter(), new AttributesConverter(), new WholeNumberConverter() },
    };

    public static string Folder { get; } = Path.Combine(Root(), "node_modules", "govuk-frontend", "dist", "govuk", "components");

    public static IEnumerable<(string Name, JsonObject Options, string Html)> Of(string component)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, component, "fixtures.json")))!;
        foreach (var fixture in file["fixtures"]!.AsArray())
            yield return ((string)fixture!["name"]!, fixture["options"]!.AsObject(), (string)fixture["html"]!);
    }

    public static T Read<T>(JsonObject options) => WithoutFalsyItems(options.DeepClone()).Deserialize<T>(Options)!;

    // The templates pass over items that are false or empty; ours have null for that
    private static JsonNode WithoutFalsyItems(JsonNode node)
    {
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (array[i] is JsonValue value && value.ToJsonString() is "false" or "\"\"")
                    array[i] = null;
            }
        }

        foreach (var child in node is JsonObject parent ? parent.Select(pair => pair.Value) : node as IEnumerable<JsonNode?> ?? [])
        {
            if (child is JsonObject or JsonArray)
                WithoutFalsyItems(child);
        }

        return node;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "package-lock.json")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The repository's root was not found above the tests.");
        return folder.FullName;
    }

    private sealed class HtmlConverter : JsonConverter<IHtmlContent>
    {
        public override IHtmlContent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Scalar(ref reader) is { Length: > 0 } html and not "false" ? new HtmlString(html) : null;

        public override void Write(Utf8JsonWriter writer, IHtmlContent value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    // The templates take numbers and booleans where markup has text
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalar(ref reader);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class WholeNumberConverter : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            int.Parse(Scalar(ref reader)!, System.Globalization.CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class AttributesConverter : JsonConverter<IReadOnlyDictionary<string, string?>>
    {
        public override IReadOnlyDictionary<string, string?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? AttributePairs().Matches(reader.GetString()!).ToDictionary(m => m.Groups[1].Value, m => (string?)m.Groups[2].Value)
                : JsonNode.Parse(ref reader)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.ToString());

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string?> value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => reader.GetDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new JsonException("Text was expected."),
    };

    [GeneratedRegex("""([\w-]+)="([^"]*)""")]
    private static partial Regex AttributePairs();
}
