using System.Text.Json;
using System.Text.Json.Nodes;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Puts other text wherever a document holds text that people have written.</summary>
internal static class Scrawl
{
    private static readonly HashSet<string> Written = ["text", "note", "reason", "agreedPart", "name", "role", "linkSentTo", "step", "who", "from", "by"];

    public static JsonElement Over(JsonElement document, IReadOnlyList<string> texts)
    {
        var node = JsonNode.Parse(document.GetRawText())!;
        Visit(node, texts);
        return JsonSerializer.SerializeToElement(node);
    }

    private static void Visit(JsonNode node, IReadOnlyList<string> texts)
    {
        if (node is JsonArray array)
        {
            array.OfType<JsonNode>().ToList().ForEach(n => Visit(n, texts));
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                if (value?.GetValueKind() == JsonValueKind.String && Written.Contains(name) && !IsWord(value.GetValue<string>()))
                {
                    fields[name] = texts[name.Length % texts.Count];
                }
                else if (value is not null)
                {
                    Visit(value, texts);
                }
            }
        }
    }

    // Dates and closure reasons stay what they are
    private static bool IsWord(string value) => DateOnly.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) || !value.Contains(' ', StringComparison.Ordinal);
}
