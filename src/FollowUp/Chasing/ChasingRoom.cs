using FollowUp.Organisations;
using FollowUp.Pages;
using FollowUp.Recommendations;
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
            .AddSingleton<TellContacts>()
            .AddSingleton(p => new AfterDirectoryChange((id, stop) => p.GetRequiredService<TellContacts>().RunAsync(id, stop)))
            .AddSingleton<ReportEnded>()
            .AddSingleton(p => new AfterDirectoryChange((id, stop) => p.GetRequiredService<ReportEnded>().RunAsync(id, stop)))
            .AddSingleton<UseAddressAgain>()
            .AddSingleton<RunsTable>()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<BrakesTable>()
            .AddSingleton<SendingDays>()
            .AddSingleton<OpenDayBudget>()
            .AddSingleton<KeepSendingSafe>()
            .AddSingleton<DoTask>()
            .AddSingleton<SendAgain>()
            .AddSingleton<QueueAgain>()
            .AddSingleton<StandingItems>()
            .AddSingleton<FindDay>()
            .AddSingleton<SetAside>()
            .AddSingleton<HandOver>()
            .AddSingleton<PassOn>()
            .AddSingleton<RecordAcceptance>()
            .AddSingleton<FinishTasks>()
            .AddSingleton<SettleMessages>()
            .AddSingleton<ReadChaseContext>()
            .AddSingleton<KnownContext>()
            .AddSingleton<RestWithStaff>()
            .AddSingleton<PlanHints>()
            .AddSingleton<ReadDue>()
            .AddSingleton<PlanOrganisation>()
            .AddSingleton<PlanDue>()
            .AddSingleton<RollOver>()
            .AddSingleton<ReportChase>()
            .AddSingleton<ChaseRecommendations>()
            .AddSingleton<CarryOnIssue>()
            .AddSingleton<SendStaffDigest>()
            .AddSingleton<StaleHints>()
            .AddSingleton<CallBackStrayed>()
            .AddSingleton<SweepOrganisation>()
            .AddSingleton<SweepOutside>()
            .AddSingleton<FindOverTasks>()
            .AddSingleton<UnknownMessages>()
            .AddSingleton<TakeUnknown>()
            .AddSingleton<SweepRegister>()
            .AddSingleton<ReadOutlook>()
            .AddSingleton<RehearseChase>()
            .AddSingleton<RehearseWaiting>()
            .AddSingleton<CountToday>()
            .AddSingleton<ReadChaseHealth>()
            .AddSingleton<RefreshAgenda>()
            .AddSingleton<ChangeLadder>()
            .AddSingleton<ChangeHolidays>()
            .AddSingleton<AllowForHoliday>()
            .AddSingleton<ChaseNow>()
            .AddSingleton<SendGridWebhook>()
            .AddSingleton<LetterPress>()
            .AddSingleton<RecordSending>()
            .AddTransient<ClaimMessage>()
            .AddTransient<SendEmail>()
            .AddStaffNavigation("Chasing", ChasingPages.All[0].Href, order: 35, also: [.. ChasingPages.All.Skip(1).Select(p => p.Href)])
            .AddStaffNavigation("Tasks", "/staff/tasks", order: 40, count: (services, stop) => services.GetRequiredService<TasksTable>().CountOpenAsync(stop));
    }
}
