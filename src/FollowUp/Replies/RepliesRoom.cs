namespace FollowUp.Replies;

internal static class RepliesRoom
{
    public static IServiceCollection AddReplies(this IServiceCollection services) => services
        .AddSingleton<OpenLink>()
        .AddSingleton<SubmitReply>();
}
