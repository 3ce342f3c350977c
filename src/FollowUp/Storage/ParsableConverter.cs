using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FollowUp.Storage;

/// <summary>Marks a value that is written in JSON as its text and read by its own <c>TryParse</c>.</summary>
public interface ITextValue<TSelf> : IParsable<TSelf>
    where TSelf : ITextValue<TSelf>
{
    /// <summary>What a valid text looks like, for the person whose text is not.</summary>
    static abstract string Expected { get; }
}

/// <summary>Reads and writes identifiers and addresses as plain strings.</summary>
internal sealed class ParsableConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextValue<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : ITextValue<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString()!);

        private static T Parse(string? text) =>
            T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw new JsonException(T.Expected);
    }
}
