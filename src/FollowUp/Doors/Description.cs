using FollowUp.Organisations;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FollowUp.Doors;

/// <summary>The OpenAPI document, with the words that appear as plain strings: statuses and types of events.</summary>
internal static class Description
{
    private static readonly Type[] PlainTexts = [typeof(OrganisationId), typeof(InspectionId), typeof(RecommendationNumber), typeof(RecommendationId), typeof(Email.EmailAddress)];

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = route => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true && route.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "FollowUp";
            document.Info.Version = "v1";
            document.Info.Description =
                "Recommendations of an inspectorate, what the responsible organisations answer, and how they are chased. "
                + "Every route needs a bearer token or the staff's cookie. Days are London dates; times are UTC. "
                + $"Types of events: {string.Join(", ", EventTypes.All)}. "
                + "An event’s hash is the SHA-256, in hex, of the JSON array [seq, at in ticks of 100 ns since the year 1, type, kind of actor, opId, data, personalDigest, previousHash].";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (PlainTexts.Contains(type))
            {
                schema.Type = JsonSchemaType.String;
                schema.Properties?.Clear();
            }

            return Task.CompletedTask;
        });
    }
}
