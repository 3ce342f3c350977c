using FollowUp.Deadlines;
using FollowUp.Organisations;
using FollowUp.Pages;
using FollowUp.Storage;
using Microsoft.Extensions.Options;

namespace FollowUp.Recommendations;

internal static class RecommendationsRoom
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeadlinesSettings>().Bind(configuration.GetSection("Deadlines")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeadlinesSettings>, DeadlinesAreSound>();
        return services
            .AddSingleton<CalendarTable>()
            .AddSingleton<LadderTable>()
            .AddSingleton<SettingsHistory>()
            .AddSingleton<OrganisationsTable>()
            .AddSingleton<KeepOrganisation>()
            .AddSingleton<AddressesTable>()
            .AddSingleton<ReadSituation>()
            .AddSingleton<InspectionsTable>()
            .AddSingleton<KnownInspections>()
            .AddSingleton<RegisterTable>()
            .AddSingleton<Hints>()
            .AddSingleton<CalendarFeeds>()
            .AddSingleton<MessageHints>()
            .AddSingleton<EmailBell>()
            .AddSingleton<PostLetters>()
            .AddSingleton<TasksTable>()
            .AddSingleton<ReportUnreadable>()
            .AddSingleton<MendedRows>()
            .AddExceptionHandler<TellOfUnreadable>()
            .AddSingleton<ChangeRecommendation>()
            .AddSingleton<FindRecommendations>()
            .AddSingleton<RegisterInspection>()
            .AddSingleton<EditInspection>()
            .AddSingleton<IssueInspection>()
            .AddSingleton<ResumeRecommendation>()
            .AddSingleton<RevokeLink>()
            .AddSingleton<ReassignRecommendation>()
            .AddSingleton<ReadInspection>()
            .AddSingleton<ReadStory>()
            .AddStaffNavigation("Recommendations", "/staff/recommendations", order: 10)
            .AddStaffNavigation("Inspections", "/staff/inspections", order: 20)
            .AddStaffNavigation("Organisations", "/staff/organisations", order: 30);
    }
}
