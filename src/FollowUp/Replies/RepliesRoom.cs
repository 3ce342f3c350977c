using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

internal static class RepliesRoom
{
    public static IServiceCollection AddReplies(this IServiceCollection services)
    {
        services.AddOptions<RepliesSettings>().BindConfiguration("Replies").ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<RepliesSettings>, RepliesSettingsRules>()
            .AddSingleton<OpenLink>()
            .AddSingleton<LinkSession>()
            .AddSingleton<EntryTries>()
            .AddSingleton<EntryCodes>()
            .AddSingleton<NewLinkLimits>()
            .AddSingleton<SendNewLink>()
            .AddSingleton<DraftsTable>()
            .AddSingleton<SaveDraft>()
            .AddSingleton<FindNotSent>()
            .AddSingleton<ReadHistory>()
            .AddSingleton<SubmitReply>();
    }
}
