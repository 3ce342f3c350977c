using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace FollowUp.Storage;

/// <summary>A row of a table with the document that it holds, and all that is needed to write it back.</summary>
internal sealed record Row<T>(string PartitionKey, string RowKey, T Value, ETag ETag, TableEntity Entity)
{
    /// <summary>The same row with another document; properties that we do not know stay as they are.</summary>
    public TableEntity With(T value) => Document.Write(new TableEntity(Entity), value);
}

/// <summary>
/// A document in a row: JSON in the properties <c>json0</c>, <c>json1</c> … (each below 32,000 characters)
/// and the version of its schema in <c>v</c>.
/// </summary>
internal static class Document
{
    public const int SchemaVersion = 1;
    private const string OtherSchema = "its schema version is";
    private const int ChunkLength = 31_000;
    private const int MostChunks = 12;

    /// <summary>What must not be missing is not null either: else a damaged row would be taken for a sound one.</summary>
    private static readonly JsonSerializerOptions Strictly = new(Json.Options) { RespectNullableAnnotations = true };
    private static readonly string[] Names = [.. Enumerable.Range(0, MostChunks + 1).Select(chunk => "json" + chunk.ToString(CultureInfo.InvariantCulture))];

    public static TableEntity Entity<T>(string partitionKey, string rowKey, T value) =>
        Write(new TableEntity(partitionKey, rowKey), value);

    public static TableEntity Write<T>(TableEntity entity, T value)
    {
        var json = Json.Write(value);
        if (json.Length > ChunkLength * MostChunks)
        {
            throw new InvalidOperationException($"The document of {json.Length} characters for {entity.RowKey} is too large for a row.");
        }

        entity["v"] = SchemaVersion;
        var chunk = 0;
        for (var at = 0; at < json.Length; chunk++)
        {
            var length = Math.Min(ChunkLength, json.Length - at);
            if (at + length < json.Length && char.IsHighSurrogate(json[at + length - 1]))
            {
                length--;
            }

            entity[Name(chunk)] = json.Substring(at, length);
            at += length;
        }

        for (; entity.ContainsKey(Name(chunk)); chunk++)
        {
            entity.Remove(Name(chunk));
        }

        return entity;
    }

    /// <summary>Finds a row by its keys; null when there is none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="rowKey">The row.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <param name="unreadable">Takes a row that cannot be read, which then counts as none; without it that is thrown.</param>
    public static async Task<Row<T>?> FindAsync<T>(TableClient table, string partitionKey, string rowKey, CancellationToken stop, ICollection<UnreadableRow>? unreadable = null)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: stop);
        return found.HasValue ? Read<T>(found.Value!, unreadable) : null;
    }

    /// <summary>Reads a row of many.</summary>
    /// <param name="entity">The row as it is stored.</param>
    /// <param name="unreadable">Takes a row that cannot be read, so that it does not stop the others; without it that is thrown.</param>
    public static Row<T>? Read<T>(TableEntity entity, ICollection<UnreadableRow>? unreadable)
    {
        try
        {
            return Read<T>(entity);
        }
        catch (UnreadableRowException damage) when (unreadable is not null)
        {
            unreadable.Add(damage.Row);
            return null;
        }
    }

    /// <summary>Reads a row's document.</summary>
    /// <exception cref="UnreadableRowException">The row is damaged or of a newer schema; it is left as it is.</exception>
    public static Row<T> Read<T>(TableEntity entity)
    {
        try
        {
            if (!KnowsSchemaOf(entity))
            {
                throw new UnreadableRowException(entity, $"{OtherSchema} {entity["v"] ?? "missing"}, and this release knows {SchemaVersion}");
            }

            return new Row<T>(entity.PartitionKey, entity.RowKey, JsonSerializer.Deserialize<T>(JsonOf(entity), Strictly) ?? throw new JsonException("The document is null."), entity.ETag, entity);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or InvalidCastException)
        {
            throw new UnreadableRowException(entity, damage.Message, damage);
        }
    }

    /// <summary>Whether this release knows the schema of a row.</summary>
    public static bool KnowsSchemaOf(TableEntity entity) => entity.TryGetValue("v", out var version) && version is int and <= SchemaVersion;

    /// <summary>Whether the reason why a row could not be read is its schema.</summary>
    public static bool IsOfAnotherSchema(string why) => why.Contains(OtherSchema, StringComparison.Ordinal);

    private static string JsonOf(TableEntity entity)
    {
        var json = entity.GetString(Name(0)) ?? "";
        for (var chunk = 1; entity.GetString(Name(chunk)) is { } text; chunk++)
        {
            json += text;
        }

        return json;
    }

    private static string Name(int chunk) => chunk < Names.Length ? Names[chunk] : "json" + chunk.ToString(CultureInfo.InvariantCulture);
}
