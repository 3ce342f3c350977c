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
        var doors = routes.MapGroup("");
        ((IEndpointConventionBuilder)doors).Add(LetHeadIn);
        doors.MapOrganisationsApi();
        doors.MapInspectionsApi();
        doors.MapRecommendationsApi();
        doors.MapCommandsApi();
        doors.MapChasingApi();
        doors.MapSendingApi();
        doors.MapWebhookDoor();
        doors.MapHealthDoors();
        doors.MapPost("staff/sign-out", SignOut.RunAsync).ExcludeFromDescription();
        doors.MapOpenApi("openapi/{documentName}.json");
    }

    /// <summary>What may be got may be asked for its head, as HTTP has it; the server leaves the body away.</summary>
    private static void LetHeadIn(EndpointBuilder door)
    {
        for (var i = 0; i < door.Metadata.Count; i++)
        {
            if (door.Metadata[i] is IHttpMethodMetadata { HttpMethods: ["GET"] })
            {
                door.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
            }
        }
    }
}
