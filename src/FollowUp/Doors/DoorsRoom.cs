using FollowUp.Access;
using FollowUp.Storage;

namespace FollowUp.Doors;

/// <summary>Every way in that is not a page, in one place.</summary>
internal static class DoorsRoom
{
    public static IServiceCollection AddDoors(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            Json.Configure(json.SerializerOptions);
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never;
        });
        services.AddOpenApi("v1", Description.Configure);
        return services.AddSingleton<Triggers>().AddSingleton<InspectionViews>().AddSingleton<CommandDoor>();
    }

    public static void MapDoors(this IEndpointRouteBuilder routes)
    {
        routes.MapOrganisationsApi();
        routes.MapInspectionsApi();
        routes.MapRecommendationsApi();
        routes.MapCommandsApi();
        routes.MapChasingApi();
        routes.MapSendingApi();
        routes.MapWebhookDoor();
        routes.MapHealthDoors();
        routes.MapPost("staff/sign-out", SignOut.RunAsync).ExcludeFromDescription();
        routes.MapOpenApi("openapi/{documentName}.json");
    }
}
