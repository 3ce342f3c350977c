using FollowUp.Chasing;

namespace FollowUp.Doors;

/// <summary>Whether the service lives, and whether chasing works.</summary>
internal static class HealthDoors
{
    /// <param name="Status"><c>live</c>, <c>ok</c>, <c>held</c> or <c>failing</c>.</param>
    public sealed record HealthView(string Status, IReadOnlyList<string> Problems);

    public static void MapHealthDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("health", () => Results.Ok(new HealthView("live", []))).ExcludeFromDescription();
        routes.MapGet("health/chase", async (ReadChaseHealth read, CancellationToken stop) =>
        {
            var health = await read.RunAsync(stop);
            return Results.Json(
                new HealthView(health.Status, health.Problems),
                statusCode: health.IsRed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).ExcludeFromDescription();
    }
}
