using System.Globalization;
using System.Text.Json;
using FollowUp.Time;
using Microsoft.AspNetCore.WebUtilities;

namespace FollowUp.Local.Clock;

/// <summary>The clock's address: read it, or move it forward and wait for what happens on the way.</summary>
internal static class ClockEndpoints
{
    public static void MapClock(this WebApplication app, SharedClock clock, ClockMover mover, Func<bool> isReady)
    {
        // A move that has begun is played to its end, even when nobody waits for it any more
        var stopping = app.Lifetime.ApplicationStopping;
        app.MapGet("/clock", (HttpContext context) => isReady() ? Show(clock) : NotReady(context));
        app.MapPost("/clock", async (HttpContext context) =>
        {
            if (!isReady())
                return NotReady(context);

            // A body is taken for what it is, since curl calls all of them forms
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            if (body.TrimStart().StartsWith('{'))
                return await MoveAsync(Wish(body), clock, mover, stopping);

            var form = QueryHelpers.ParseQuery(body);
            var outcome = await MoveAsync(Advance(form.GetValueOrDefault("advance")) ?? Until(form.GetValueOrDefault("now")), clock, mover, stopping);
            return outcome is IStatusCodeHttpResult { StatusCode: >= 400 } ? outcome : Results.Redirect("/");
        });
    }

    private static IResult Show(SharedClock clock) => Results.Json(new { now = clock.UtcNow.InLondon() });

    private static IResult NotReady(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Results.Problem("The service is still starting.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> MoveAsync(Func<DateTimeOffset, DateTimeOffset>? wish, SharedClock clock, ClockMover mover, CancellationToken cancellationToken)
    {
        if (wish is null)
            return Results.Problem("Send {\"now\":\"2017-09-14T09:00:00+01:00\"} or {\"advance\":\"1.00:00:00\"}.", statusCode: StatusCodes.Status400BadRequest);

        try
        {
            return await mover.MoveAsync(wish, cancellationToken) switch
            {
                null => Results.Problem($"It is {clock.UtcNow.InLondon():yyyy-MM-ddTHH:mm:sszzz}; the clock only goes forward.", statusCode: StatusCodes.Status409Conflict),
                [] => Show(clock),
                var failed => Results.Json(new { now = clock.UtcNow.InLondon(), failed }),
            };
        }
        catch (TimeoutException fault)
        {
            return Results.Problem(fault.Message, statusCode: StatusCodes.Status504GatewayTimeout);
        }
    }

    private static Func<DateTimeOffset, DateTimeOffset>? Wish(string body)
    {
        try
        {
            var wish = JsonSerializer.Deserialize<Dictionary<string, string>>(body);
            return Advance(wish?.GetValueOrDefault("advance")) ?? Until(wish?.GetValueOrDefault("now"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Func<DateTimeOffset, DateTimeOffset>? Advance(string? text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? from => from + span : null;

    // A time without an offset is London's
    private static Func<DateTimeOffset, DateTimeOffset>? Until(string? text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment))
            return null;

        var utc = moment.Kind == DateTimeKind.Unspecified
            ? LondonTime.At(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment))
            : new DateTimeOffset(moment.ToUniversalTime());
        return _ => utc;
    }
}
