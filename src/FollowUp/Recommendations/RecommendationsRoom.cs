using FollowUp.Deadlines;
using FollowUp.Organisations;

namespace FollowUp.Recommendations;

internal static class RecommendationsRoom
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services) => services
        .AddSingleton<CalendarTable>()
        .AddSingleton<OrganisationsTable>()
        .AddSingleton<KeepOrganisation>()
        .AddSingleton<ReadSituation>()
        .AddSingleton<InspectionsTable>()
        .AddSingleton<RegisterTable>()
        .AddSingleton<Hints>()
        .AddSingleton<EmailBell>()
        .AddSingleton<ChangeRecommendation>()
        .AddSingleton<FindRecommendations>()
        .AddSingleton<RegisterInspection>()
        .AddSingleton<EditInspection>()
        .AddSingleton<IssueInspection>()
        .AddSingleton<ResumeRecommendation>()
        .AddSingleton<RevokeLink>()
        .AddSingleton<ReassignRecommendation>();
}
