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
    private const string Chase = "ChaseRecommendations";
    private const string Sweep = "SweepRegister";
    private const string Digest = "SendStaffDigest";
    private const string Send = "SendEmail";
    private static readonly object Done = new();

    /// <summary>Whether a request is for one of them: each of their runs has a time of its own.</summary>
    public static bool Take(HttpContext context) =>
        context.Request.Path.Value?.TrimStart('/') is { } path && ((string[])[Chase, Sweep, Digest, Send]).Contains(path, StringComparer.OrdinalIgnoreCase);

    public static void MapTriggerDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Chase, (Triggers triggers, ILogger<Trigger> logger, HttpContext context) =>
            RunAsync(context, triggers.ChaseAsync, logger)).ExcludeFromDescription();
        routes.MapPost(Sweep, (Triggers triggers, ILogger<Trigger> logger, HttpContext context) =>
            RunAsync(context, triggers.SweepAsync, logger)).ExcludeFromDescription();
        routes.MapPost(Digest, (Triggers triggers, ILogger<Trigger> logger, HttpContext context) =>
            RunAsync(context, triggers.SendStaffDigestAsync, logger)).ExcludeFromDescription();
        routes.MapPost(Send, async (HttpContext context, Triggers triggers, ILogger<Trigger> logger) =>
        {
            using var body = await BodyOfAsync(context, logger);
            if (body is null)
            {
                return Malformed();
            }

            if (Read(body.RootElement) is not { } ring)
            {
                TriggerDoorsLog.NotARing(logger);
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

    private static async Task<IResult> RunAsync(HttpContext context, Func<CancellationToken, Task<IReadOnlyList<string>>> run, ILogger logger)
    {
        // What the timer says is not used: the register knows what is due
        using var body = await BodyOfAsync(context, logger);
        return body is null ? Malformed() : Answer(await run(context.RequestAborted), logger);
    }

    /// <summary>The host's body; null when it is no JSON object, which is logged.</summary>
    private static async Task<JsonDocument?> BodyOfAsync(HttpContext context, ILogger logger)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                return body;
            }

            body.Dispose();
            TriggerDoorsLog.Malformed(logger, context.Request.Path, "it is no object");
        }
        catch (JsonException malformed)
        {
            TriggerDoorsLog.Malformed(logger, context.Request.Path, malformed.Message);
        }

        return null;
    }

    private static IResult Malformed() => Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "The body is not the JSON object that the Functions host sends.");

    /// <summary>A run in which an item failed has failed, though the rest is done.</summary>
    private static IResult Answer(IReadOnlyList<string> failures, ILogger logger)
    {
        if (failures.Count == 0)
        {
            return Results.Json(Done);
        }

        TriggerDoorsLog.RunFailed(logger, failures.Count);
        return Results.Json(Done, statusCode: StatusCodes.Status500InternalServerError);
    }

    internal sealed class Trigger;

    private static partial class TriggerDoorsLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The run has failed for {Failures} items; the rest is done.")]
        public static partial void RunFailed(ILogger logger, int failures);

        [LoggerMessage(Level = LogLevel.Error, Message = "The body for the trigger {Trigger} is not what the Functions host sends: {Reason}. Nothing was done; the next run does it.")]
        public static partial void Malformed(ILogger logger, string trigger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "A queue message does not say which email to look at; it is left to the poison queue.")]
        public static partial void NotARing(ILogger logger);
    }
}
