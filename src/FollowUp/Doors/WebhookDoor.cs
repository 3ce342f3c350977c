using System.Globalization;
using System.Text.Json;
using FollowUp.Chasing;
using FollowUp.Email;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Doors;

/// <summary>The door for SendGrid's signed event webhook: nothing is read before the signature over the raw bytes is right.</summary>
internal static partial class WebhookDoor
{
    private const int MostBytes = 1024 * 1024;
    private const int MostEvents = 1000;
    private const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    private const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    // SendGrid tries for a day to hand over what it has signed once
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(25);

    public static void MapWebhookDoor(this IEndpointRouteBuilder routes) =>
        routes.MapPost("webhooks/sendgrid", RunAsync).ExcludeFromDescription();

    private static async Task<IResult> RunAsync(HttpContext context, SendGridWebhook webhook, IOptions<SendGridSettings> settings, ILogger<SendGridWebhook> logger)
    {
        var stop = context.RequestAborted;
        if (context.Request.ContentLength > MostBytes || await ReadAsync(context, stop) is not { } body)
        {
            return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        using var key = new WebhookKey(settings.Value.WebhookPublicKey);
        var timestamp = context.Request.Headers[TimestampHeader].ToString();
        if (!key.Signed(context.Request.Headers[SignatureHeader].ToString(), timestamp, body))
        {
            WebhookDoorLog.NotSigned(logger, body.Length);
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized);
        }

        if (!IsRecent(timestamp))
        {
            WebhookDoorLog.Stale(logger, body.Length);
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized);
        }

        try
        {
            var events = SendGridEvent.ReadAll(Json.Parse(System.Text.Encoding.UTF8.GetString(body)));
            if (events.Count > MostEvents)
            {
                WebhookDoorLog.TooMany(logger, events.Count, MostEvents);
                return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);
            }

            await webhook.RunAsync(events, stop);
            return Results.NoContent();
        }
        catch (JsonException malformed)
        {
            WebhookDoorLog.NotJson(logger, malformed.Message);
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest);
        }
    }

    // By real time, as SendGrid signs by it
    private static bool IsRecent(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var signedAt)
        && TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - signedAt <= (long)Oldest.TotalSeconds;

    private static async Task<byte[]?> ReadAsync(HttpContext context, CancellationToken stop)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, stop) is var read and > 0)
        {
            if (body.Length + read > MostBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static partial class WebhookDoorLog
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A call to the webhook with {Bytes} bytes was not signed by SendGrid and was refused.")]
        public static partial void NotSigned(ILogger logger, int bytes);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A call to the webhook with {Bytes} bytes was signed more than 25 hours ago, so somebody else may have sent it again, and was refused.")]
        public static partial void Stale(ILogger logger, int bytes);

        [LoggerMessage(Level = LogLevel.Error, Message = "SendGrid told of {Events} events in one call, and {Most} at most are taken at once: it was refused, and pages do not show what became of those emails.")]
        public static partial void TooMany(ILogger logger, int events, int most);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A signed call to the webhook is malformed: {Reason}")]
        public static partial void NotJson(ILogger logger, string reason);
    }
}
