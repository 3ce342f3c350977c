using FollowUp.Access;
using FollowUp.Chasing;
using FollowUp.Contacts;
using FollowUp.Doors;
using FollowUp.Email;
using FollowUp.Evidence;
using FollowUp.Pages;
using FollowUp.Recommendations;
using FollowUp.Replies;
using FollowUp.Reviews;
using FollowUp.Storage;
using FollowUp.Telemetry;
using Microsoft.Extensions.Options;

namespace FollowUp;

/// <summary>The service, whichever way it is hosted: its rooms, and the way of a request through them.</summary>
public static class Composition
{
    public static IServiceCollection AddFollowUp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FollowUpSettings>().Bind(configuration.GetSection("FollowUp")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FollowUpSettings>, FollowUpSettingsRules>();
        services.AddSingleton<IValidateOptions<FollowUpSettings>, BaseAddressIsSound>();
        services.AddSingleton<IValidateOptions<FollowUpSettings>, EnvironmentIsKnown>();
        services.AddOptions<UnresolvedReferences>().Configure(references => references.Find(configuration)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UnresolvedReferences>, ReferencesAreResolved>();
        services.AddOptions<UnknownSettings>().Configure(unknown => unknown.Find(configuration)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UnknownSettings>, SettingsAreKnown>();
        services.AddOptions<PagesOptions>().Configure<IOptions<FollowUpSettings>, IOptions<SignInSettings>, IOptions<InspectorateSettings>>(Frame);
        return services
            .AddRouting()
            .AddTelemetry(configuration)
            .AddStorage(configuration)
            .AddAccess(configuration)
            .AddPages()
            .AddEmail(configuration)
            .AddRecommendations(configuration)
            .AddContacts()
            .AddEvidence(configuration)
            .AddReplies()
            .AddReviews()
            .AddChasing(configuration)
            .AddDoors()
            .ReadKeyRingBeside();
    }

    /// <summary>From the exception handler to the endpoints.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="mapMore">Doors of the one hosting alone, such as the custom handler's triggers.</param>
    public static IApplicationBuilder UseFollowUp(this IApplicationBuilder app, Action<IEndpointRouteBuilder>? mapMore = null)
    {
        app.UsePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<AccessGate>();
        app.UseEndpoints(routes =>
        {
            routes.MapPages();
            routes.MapDoors();
            mapMore?.Invoke(routes);
            AccessTable.RequireRules(routes.DataSources.SelectMany(source => source.Endpoints));
        });
        return app;
    }

    private static void Frame(PagesOptions pages, IOptions<FollowUpSettings> service, IOptions<SignInSettings> signIn, IOptions<InspectorateSettings> inspectorate)
    {
        pages.BaseAddress = service.Value.BaseAddress;
        pages.Organisation = inspectorate.Value.Name;
        pages.SecurityContact = new Uri($"mailto:{inspectorate.Value.Mailbox}");
        pages.FormTargets.Add(signIn.Value.Authority.GetLeftPart(UriPartial.Authority));
        pages.HasItsOwnTime = TriggerDoors.Take;
        pages.Rescue = async (context, path) => await KeptText.RescueAsync(context, path) ?? await KeptForm.AnswerAsync(context, path, KeptFormBecause.Failed);
        var otherwise = pages.StatusOf;
        pages.StatusOf = error => error is UnreadableRowException || OutOfReach.Is(error) ? StatusCodes.Status503ServiceUnavailable : otherwise(error);
    }
}
