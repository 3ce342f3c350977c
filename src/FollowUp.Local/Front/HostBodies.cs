using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;

namespace FollowUp.Local.Front;

/// <summary>The bodies that the host posts to trigger doors, letter for letter, with its habit of encoding strings twice.</summary>
internal static class HostBodies
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Timer(Door door, DateTimeOffset? last, DateTimeOffset next, DateTimeOffset now) => new JsonObject
    {
        ["Data"] = new JsonObject
        {
            [door.BindingName] = new JsonObject
            {
                ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
                ["ScheduleStatus"] = new JsonObject
                {
                    ["Last"] = Moment(last ?? DateTimeOffset.MinValue),
                    ["Next"] = Moment(next),
                    ["LastUpdated"] = Moment(last ?? DateTimeOffset.MinValue),
                },
                ["IsPastDue"] = false,
            },
        },
        ["Metadata"] = new JsonObject { ["sys"] = Sys(door, now) },
    }.ToJsonString(Relaxed);

    public static string Queue(Door door, QueueMessage message, DateTimeOffset now)
    {
        var text = message.Body.ToString();
        var metadata = new JsonObject
        {
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["ExpirationTime"] = Moment(message.ExpiresOn),
            ["Id"] = Quoted(message.MessageId),
            ["InsertionTime"] = Moment(message.InsertedOn),
            ["NextVisibleTime"] = Moment(message.NextVisibleOn),
            ["PopReceipt"] = Quoted(message.PopReceipt),
            ["sys"] = Sys(door, now),
        };
        Spill(text, metadata);
        return new JsonObject
        {
            ["Data"] = new JsonObject { [door.BindingName] = Quoted(text) },
            ["Metadata"] = metadata,
        }.ToJsonString(Relaxed);
    }

    private static JsonObject Sys(Door door, DateTimeOffset now) => new()
    {
        ["MethodName"] = door.Name,
        ["UtcNow"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["RandGuid"] = Guid.NewGuid().ToString(),
    };

    // The properties of a JSON message appear in the metadata too, except arrays
    private static void Spill(string text, JsonObject metadata)
    {
        JsonObject? message;
        try
        {
            message = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return;
        }

        foreach (var (name, value) in message ?? [])
        {
            if (!metadata.ContainsKey(name) && value is not (null or JsonArray))
                metadata[name] = value is JsonObject ? value.DeepClone() : Quoted(value.ToString());
        }
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static string? Moment(DateTimeOffset? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
