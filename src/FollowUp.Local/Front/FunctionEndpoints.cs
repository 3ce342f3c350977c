namespace FollowUp.Local.Front;

/// <summary>The app's doors, for a person: what there is, and fire one now.</summary>
internal static class FunctionEndpoints
{
    public static void MapFunctions(this WebApplication app, IReadOnlyList<Door> doors, Timers timers)
    {
        app.MapGet("/functions", () => doors.Select(door => new { door.Name, door.Trigger, door.Route, door.Schedule, door.Queue }));
        app.MapPost("/functions/{name}", async (string name, CancellationToken cancellationToken) => await timers.FireAsync(name, cancellationToken) switch
        {
            null => Results.Problem("There is no timer of that name.", statusCode: StatusCodes.Status404NotFound),
            { Succeeded: true } outcome => Results.Json(outcome),
            var outcome => Results.Json(outcome, statusCode: StatusCodes.Status502BadGateway),
        });
    }
}
