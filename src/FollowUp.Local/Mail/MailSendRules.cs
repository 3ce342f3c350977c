using System.Net.Mail;
using System.Text.Json;

namespace FollowUp.Local.Mail;

/// <summary>What SendGrid refuses in a mail/send request, in its own words; null when it is fit to send.</summary>
internal static class MailSendRules
{
    public sealed record Refusal(string Message, string? Field, string? Help = null);

    public static Refusal? Check(JsonElement mail) =>
        mail.ValueKind != JsonValueKind.Object
            ? new("Bad Request", null)
            : Personalizations(mail) ?? From(mail) ?? Subject(mail) ?? Content(mail) ?? CustomArgs(mail);

    private static Refusal? Personalizations(JsonElement mail)
    {
        var people = Items(mail, "personalizations");
        if (people.Count is 0 or > 1000)
            return new("The personalizations field is required and must have at least one personalization.", "personalizations");

        for (var i = 0; i < people.Count; i++)
        {
            var to = Items(people[i], "to");
            if (to.Count == 0)
                return new("The to array is required for all personalization objects, and must have at least one email object with a valid email address.", $"personalizations.{i}.to");

            var all = to.Concat(Items(people[i], "cc")).Concat(Items(people[i], "bcc")).ToList();
            if (all.Any(address => !IsAddress(address)))
                return new("Does not contain a valid address.", $"personalizations.{i}.to");
            if (all.DistinctBy(address => Text(address, "email").ToUpperInvariant()).Count() < all.Count)
                return new("Each email address in the personalization block should be unique between to, cc, and bcc.", $"personalizations.{i}");
        }

        return null;
    }

    private static Refusal? From(JsonElement mail) =>
        mail.TryGetProperty("from", out var from) && IsAddress(from)
            ? null
            : new("The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.", "from.email");

    private static Refusal? Subject(JsonElement mail) =>
        Text(mail, "subject").Length > 0 || Items(mail, "personalizations").All(person => Text(person, "subject").Length > 0)
            ? null
            : new("The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.", "subject");

    private static Refusal? Content(JsonElement mail)
    {
        var parts = Items(mail, "content");
        if (parts.Count == 0)
            return new("Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.", "content");
        if (parts.Any(part => Text(part, "type").Length == 0 || Text(part, "value").Length == 0))
            return new("The content value must be a string at least one character in length.", "content.0.value");

        var plain = parts.FindIndex(part => Text(part, "type") == "text/plain");
        return plain > 0
            ? new("If present, text/plain must be first, followed by text/html, followed by any other content.", "content")
            : null;
    }

    private static Refusal? CustomArgs(JsonElement mail) =>
        Items(mail, "personalizations").Append(mail)
            .Where(holder => holder.TryGetProperty("custom_args", out _))
            .SelectMany(holder => holder.GetProperty("custom_args").EnumerateObject())
            .Any(argument => argument.Value.ValueKind != JsonValueKind.String)
            ? new("The custom_args values must be strings.", "custom_args")
            : null;

    private static bool IsAddress(JsonElement address) =>
        address.ValueKind == JsonValueKind.Object && MailAddress.TryCreate(Text(address, "email"), out var parsed) && parsed.Address == Text(address, "email");

    private static List<JsonElement> Items(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
