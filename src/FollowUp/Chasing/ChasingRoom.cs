using FollowUp.Pages;
using Microsoft.Extensions.Options;

namespace FollowUp.Chasing;

internal static class ChasingRoom
{
    public static IServiceCollection AddChasing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChasingSettings>().Bind(configuration.GetSection("Chasing")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ChasingSettings>, ChasingSettingsRules>();
        services.AddSingleton<IValidateOptions<ChasingSettings>, HoursAreInOrder>();
        return services
            .AddSingleton<AddressesTable>()
            .AddSingleton<RunsTable>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<BrakesTable>()
            .AddSingleton<SendingDays>()
            .AddSingleton<OpenDayBudget>()
            .AddSingleton<KeepSendingSafe>()
            .AddSingleton<DoTask>()
            .AddSingleton<PassOn>()
            .AddSingleton<RecordAcceptance>()
            .AddSingleton<SettleMessages>()
            .AddSingleton<ReadChaseContext>()
            .AddSingleton<KnownContext>()
            .AddSingleton<PlanOrganisation>()
            .AddSingleton<RollOver>()
            .AddSingleton<ChaseRecommendations>()
            .AddSingleton<SendStaffDigest>()
            .AddSingleton<StaleHints>()
            .AddSingleton<SweepRegister>()
            .AddSingleton<ReadOutlook>()
            .AddSingleton<ChaseNow>()
            .AddSingleton<SendGridWebhook>()
            .AddSingleton<LetterPress>()
            .AddSingleton<RecordSending>()
            .AddTransient<SendEmail>()
            .AddStaffNavigation("Tasks", "/staff/tasks", order: 40);
    }
}
