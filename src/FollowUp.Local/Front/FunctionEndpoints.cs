using FollowUp.Local.Home;

namespace FollowUp.Local.Front;

/// <summary>The app's doors, for a person: what there is, and fire one now.</summary>
internal static class FunctionEndpoints
{
    public static void MapFunctions(this WebApplication app, IReadOnlyList<Door> doors, Timers timers)
    {
        app.MapGet("/functions", () => doors.Select(door => new { door.Name, door.Trigger, door.Route, door.Schedule, door.Queue }));
        app.MapPost("/functions/{name}", async (string name, HttpRequest request, CancellationToken cancellationToken) => await timers.FireAsync(name, cancellationToken) switch
        {
            null => Results.Problem("There is no timer of that name.", statusCode: StatusCodes.Status404NotFound),
            var outcome when request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) => Page(outcome),
            { Succeeded: true } outcome => Results.Json(outcome),
            var outcome => Results.Json(outcome, statusCode: StatusCodes.Status502BadGateway),
        });
    }

    private static IResult Page(DoorOutcome outcome) => Layout.Page(outcome.Function, $"""
        <p>{(outcome.Succeeded ? "It has run." : "It failed: " + Layout.Encode(outcome.Reason))}</p>
        <pre>{Layout.Encode(outcome.Answer)}</pre>
        """);
}
