using System.Globalization;
using System.Text.Json;
using FollowUp.Local.Home;

namespace FollowUp.Local.Mail;

/// <summary>The inbox for a person: every email as its reader gets it, HTML and text side by side.</summary>
internal static class InboxPages
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static void MapInbox(this WebApplication app, Inbox inbox)
    {
        app.MapGet("/inbox", () => List(inbox.All));
        app.MapGet("/inbox/{id}", (string id) => inbox.Find(id) is { } message ? One(message) : Results.NotFound());
    }

    private static IResult List(IReadOnlyList<KeptMessage> messages)
    {
        var rows = messages.Reverse().Select(message => $"""
            <tr><td>{When(message)}</td><td>{Layout.Encode(To(message))}</td><td><a href="/inbox/{message.Id}">{Layout.Encode(Subject(message))}</a></td><td>{Layout.Encode(Categories(message))}</td></tr>
            """);
        var table = $"<table><thead><tr><th>Received</th><th>To</th><th>Subject</th><th>Kind</th></tr></thead><tbody>{string.Concat(rows)}</tbody></table>";
        return Layout.Page("Inbox", messages.Count == 0 ? "<p>Nothing has been sent yet.</p>" : table);
    }

    private static IResult One(KeptMessage message)
    {
        // The frame runs nothing and belongs to no site; its links open beside it
        var html = Part(message, "text/html").Replace("<head>", "<head><base target=\"_blank\">", StringComparison.OrdinalIgnoreCase);
        return Layout.Page(Subject(message), $"""
            <table>
            <tr><th>From</th><td>{Layout.Encode(Address(message.Payload.GetProperty("from")))}</td></tr>
            <tr><th>To</th><td>{Layout.Encode(To(message))}</td></tr>
            {ReplyTo(message)}
            <tr><th>Received</th><td>{When(message)}</td></tr>
            <tr><th>Kind</th><td>{Layout.Encode(Categories(message))}</td></tr>
            </table>
            <div class="beside">
            <section><h2>HTML</h2><iframe title="The HTML part" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="{Layout.Encode(html)}"></iframe></section>
            <section><h2>Text</h2><pre>{Layout.Encode(Part(message, "text/plain"))}</pre></section>
            </div>
            """);
    }

    private static string ReplyTo(KeptMessage message) => message.Payload.TryGetProperty("reply_to", out var reply)
        ? $"<tr><th>Reply to</th><td>{Layout.Encode(Address(reply))}</td></tr>"
        : "";

    private static string When(KeptMessage message) => message.ReceivedAt.ToString("ddd d MMM yyyy HH:mm:ss", British);

    private static string Subject(KeptMessage message) =>
        message.Payload.TryGetProperty("subject", out var subject) ? subject.GetString()! : message.Payload.GetProperty("personalizations")[0].GetProperty("subject").GetString()!;

    private static string To(KeptMessage message) => string.Join(", ", message.Payload.GetProperty("personalizations").EnumerateArray()
        .SelectMany(person => person.GetProperty("to").EnumerateArray()).Select(Address));

    private static string Categories(KeptMessage message) =>
        message.Payload.TryGetProperty("categories", out var categories) ? string.Join(", ", categories.EnumerateArray()) : "";

    private static string Part(KeptMessage message, string type) => message.Payload.GetProperty("content").EnumerateArray()
        .Where(part => part.GetProperty("type").GetString() == type).Select(part => part.GetProperty("value").GetString()!).FirstOrDefault() ?? "";

    private static string Address(JsonElement address) =>
        address.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text
            ? $"{text} <{address.GetProperty("email").GetString()}>"
            : address.GetProperty("email").GetString()!;
}
