using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FollowUp.Storage;

/// <summary>The one way JSON is written, in rows and at the doors: camelCase, enums as words, text unescaped.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new ParsableConverter());
        return options;
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The document is null.");

    public static JsonElement Element(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Options);

    /// <summary>The word that a member of an enum is in JSON: "staffDigest".</summary>
    public static string Word<TEnum>(TEnum member)
        where TEnum : struct, Enum => Word(member.ToString());

    /// <inheritdoc cref="Word{TEnum}"/>
    public static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>All words of an enum, for a person to choose from.</summary>
    public static string Choices(Type type) => string.Join(", ", Enum.GetNames(type).Select(Word));

    /// <summary>Reads such a word, in large letters or small; a number is none.</summary>
    public static bool TryReadWord<TEnum>(string? word, out TEnum member)
        where TEnum : struct, Enum
    {
        var name = Enum.GetNames<TEnum>().FirstOrDefault(name => name.Equals(word?.Trim(), StringComparison.OrdinalIgnoreCase));
        member = name is null ? default : Enum.Parse<TEnum>(name);
        return name is not null;
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
