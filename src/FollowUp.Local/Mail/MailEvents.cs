using System.Text.Json;
using System.Text.Json.Nodes;

namespace FollowUp.Local.Mail;

/// <summary>The events of an email's way, as SendGrid reports them.</summary>
internal static class MailEvents
{
    /// <summary>One list for each recipient: processed, then what became of it.</summary>
    public static JsonArray Of(KeptMessage message, Func<string, string> fateOf, DateTimeOffset now)
    {
        var events = new JsonArray();
        var people = message.Payload.GetProperty("personalizations").EnumerateArray();
        foreach (var (person, index) in people.Select((person, index) => (person, index)))
        {
            foreach (var address in person.GetProperty("to").EnumerateArray().Select(to => to.GetProperty("email").GetString()!))
            {
                foreach (var name in Names(fateOf(address)))
                    events.Add(Event(message, person, $"{message.Id}.local-{index}", address, name, now));
            }
        }

        return events;
    }

    private static string[] Names(string fate) => fate switch
    {
        "dropped" => ["dropped"],
        "spamreport" or "unsubscribe" => ["processed", "delivered", fate],
        "blocked" => ["processed", "blocked"],
        _ => ["processed", fate],
    };

    private static JsonObject Event(KeptMessage message, JsonElement person, string messageId, string address, string name, DateTimeOffset now)
    {
        var happened = new JsonObject();
        CopyArguments(message.Payload, happened);
        CopyArguments(person, happened);
        happened["email"] = address;
        happened["timestamp"] = now.ToUnixTimeSeconds();
        happened["smtp-id"] = $"<{message.Id}@followup.local>";
        happened["event"] = name == "blocked" ? "bounce" : name;
        happened["sg_event_id"] = Guid.NewGuid().ToString("N")[..22];
        happened["sg_message_id"] = messageId;
        if (message.Payload.TryGetProperty("categories", out var categories))
            happened["category"] = JsonNode.Parse(categories.GetRawText());
        foreach (var (key, value) in Detail(name))
            happened[key] = value;
        return happened;
    }

    private static void CopyArguments(JsonElement holder, JsonObject happened)
    {
        if (!holder.TryGetProperty("custom_args", out var arguments))
            return;

        foreach (var argument in arguments.EnumerateObject())
            happened[argument.Name] = argument.Value.GetString();
    }

    private static IEnumerable<KeyValuePair<string, string>> Detail(string name) => name switch
    {
        "delivered" => [new("response", "250 2.0.0 OK")],
        "deferred" => [new("response", "451 4.7.1 try again later"), new("attempt", "1")],
        "bounce" => [new("reason", "550 5.1.1 The email account that you tried to reach does not exist."), new("status", "5.1.1"), new("type", "bounce"), new("bounce_classification", "Invalid Address")],
        "blocked" => [new("reason", "554 5.7.1 Message blocked by the receiving server."), new("status", "5.7.1"), new("type", "blocked"), new("bounce_classification", "Content")],
        "dropped" => [new("reason", "Bounced Address"), new("status", "5.0.0")],
        _ => [],
    };
}
