using System.Text.Encodings.Web;
using System.Text.Json;

namespace FollowUp.Local.Mail;

/// <summary>SendGrid's side of sending, with faults on demand.</summary>
internal static class MailEndpoints
{
    public const string ApiKey = "SG.local";

    // Emails are read by people as well; nothing here is put into a page
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapMail(this WebApplication app, Inbox inbox, Faults faults, EventWebhooks webhooks)
    {
        app.MapPost("/v3/mail/send", context => SendAsync(context, inbox, faults, webhooks));
        app.MapGet("/api/messages", () => Results.Json(inbox.All, Readable));
        app.MapGet("/faults", () => Results.Json(faults.Show(), JsonSerializerOptions.Web));
        app.MapPost("/faults", async (HttpContext context) => faults.Set(await ReadAsync(context)) is { } complaint
            ? Results.Problem(complaint, statusCode: StatusCodes.Status400BadRequest)
            : Results.Json(faults.Show(), JsonSerializerOptions.Web));
    }

    private static async Task SendAsync(HttpContext context, Inbox inbox, Faults faults, EventWebhooks webhooks)
    {
        if (context.Request.Headers.Authorization != "Bearer " + ApiKey)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, new("The provided authorization grant is invalid, expired, or revoked", null));
            return;
        }

        var mail = await ReadAsync(context);
        if (MailSendRules.Check(mail) is { } refusal)
            await RefuseAsync(context, StatusCodes.Status400BadRequest, refusal);
        else if (faults.TakeHang())
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => context.Abort(), TaskScheduler.Default);
        else if (faults.TakeRefusal() is { } status)
            await RefuseAsync(context, status, new("This refusal was asked for at /faults", null));
        else
            Accept(context, inbox.Keep(mail), faults, webhooks);
    }

    private static void Accept(HttpContext context, KeptMessage message, Faults faults, EventWebhooks webhooks)
    {
        webhooks.Report(message);
        if (faults.TakeCut())
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = message.Id;
    }

    private static async Task<JsonElement> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, MailSendRules.Refusal refusal)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
            context.Response.Headers["X-RateLimit-Reset"] = TimeProvider.System.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return context.Response.WriteAsJsonAsync(new { errors = new[] { refusal } }, context.RequestAborted);
    }
}
