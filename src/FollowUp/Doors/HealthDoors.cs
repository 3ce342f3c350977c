using FollowUp.Chasing;

namespace FollowUp.Doors;

/// <summary>Whether the service lives, and whether chasing works.</summary>
internal static class HealthDoors
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <param name="Status"><c>live</c>, <c>ok</c>, <c>held</c> or <c>failing</c>.</param>
    public sealed record HealthView(string Status, IReadOnlyList<string> Problems);

    public static void MapHealthDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("health", GetAndHead, () => Results.Ok(new HealthView("live", []))).ExcludeFromDescription();
        routes.MapMethods("health/chase", GetAndHead, async (ReadChaseHealth read, CancellationToken stop) =>
        {
            var health = await read.RunAsync(stop);
            return Results.Json(
                new HealthView(health.Status, health.Problems),
                statusCode: health.IsRed ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).ExcludeFromDescription();
    }
}
