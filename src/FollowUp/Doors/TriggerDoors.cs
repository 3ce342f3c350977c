using System.Text.Json;
using FollowUp.Recommendations;
using FollowUp.Storage;

namespace FollowUp.Doors;

/// <summary>
/// The doors for timers and the queue, where the Functions host posts what has happened. Each answers <c>{}</c>: the
/// host takes an empty answer for an invocation that never ends. No public route reaches these paths.
/// </summary>
internal static partial class TriggerDoors
{
    private static readonly object Done = new();

    public static void MapTriggerDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("ChaseRecommendations", async (Triggers triggers, ILogger<Trigger> logger, HttpContext context) =>
            Answer(await triggers.ChaseAsync(context.RequestAborted), logger)).ExcludeFromDescription();
        routes.MapPost("SweepRegister", async (Triggers triggers, ILogger<Trigger> logger, HttpContext context) =>
            Answer(await triggers.SweepAsync(context.RequestAborted), logger)).ExcludeFromDescription();
        routes.MapPost("SendStaffDigest", async (Triggers triggers, ILogger<Trigger> logger, HttpContext context) =>
            Answer(await triggers.SendStaffDigestAsync(context.RequestAborted), logger)).ExcludeFromDescription();
        routes.MapPost("SendEmail", async (HttpContext context, Triggers triggers, ILogger<Trigger> logger) =>
        {
            if (await RingOfAsync(context, logger) is not { } ring)
            {
                return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "The queue message is not one of ours.");
            }

            await triggers.SendEmailAsync(ring, context.RequestAborted);
            return Results.Json(Done);
        }).ExcludeFromDescription();
    }

    /// <summary>The queue message in the host's body: JSON text of a string, perhaps of a string again.</summary>
    internal static EmailRing? Read(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("Data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("message", out var message)
            ? RingOf(message)
            : null;

    /// <summary>The message itself, as JSON or as text of it.</summary>
    internal static EmailRing? RingOf(JsonElement message)
    {
        for (var depth = 0; depth < 3 && message.ValueKind == JsonValueKind.String; depth++)
        {
            try
            {
                message = Json.Parse(message.GetString()!);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return message.Deserialize<EmailRing>(Json.Options) is { Mid: not null, Row: not null } ring ? ring : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<EmailRing?> RingOfAsync(HttpContext context, ILogger logger)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (Read(body.RootElement) is { } ring)
            {
                return ring;
            }
        }
        catch (JsonException malformed)
        {
            Log.NotJson(logger, malformed.Message);
            return null;
        }

        Log.NotARing(logger);
        return null;
    }

    /// <summary>A run in which an item failed has failed, though the rest is done.</summary>
    private static IResult Answer(IReadOnlyList<string> failures, ILogger logger)
    {
        if (failures.Count == 0)
        {
            return Results.Json(Done);
        }

        Log.RunFailed(logger, failures.Count);
        return Results.Json(Done, statusCode: StatusCodes.Status500InternalServerError);
    }

    internal sealed class Trigger;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The run has failed for {Failures} items; the rest is done.")]
        public static partial void RunFailed(ILogger logger, int failures);

        [LoggerMessage(Level = LogLevel.Error, Message = "The body of a trigger is not JSON: {Reason}")]
        public static partial void NotJson(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "A queue message does not say which email to look at; it is left to the poison queue.")]
        public static partial void NotARing(ILogger logger);
    }
}
