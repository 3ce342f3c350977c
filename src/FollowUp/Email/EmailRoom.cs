using Microsoft.Extensions.Options;
using Polly;

namespace FollowUp.Email;

internal static class EmailRoom
{
    private static readonly TimeSpan TimeForAnAnswer = TimeSpan.FromSeconds(10);

    /// <summary>The pipeline's time ends with the answer's headers, this one with the last byte of its body.</summary>
    private static readonly TimeSpan TimeForAll = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddEmail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmailSettings>().Bind(configuration.GetSection("Email")).ValidateOnStart();
        services.AddOptions<SendGridSettings>().Bind(configuration.GetSection("SendGrid")).ValidateOnStart();
        services.AddOptions<InspectorateSettings>().Bind(configuration.GetSection("Inspectorate")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmailSettings>, EmailSettingsRules>();
        services.AddSingleton<IValidateOptions<SendGridSettings>, SendGridSettingsRules>();
        services.AddSingleton<IValidateOptions<InspectorateSettings>, InspectorateSettingsRules>();
        services.AddSingleton<IValidateOptions<EmailSettings>, EmailSettingsAreSound>();
        services.AddSingleton<IValidateOptions<SendGridSettings>, EmailSettingsAreSound>();
        services.AddSingleton<IValidateOptions<InspectorateSettings>, EmailSettingsAreSound>();
        services.AddHttpClient<SendGridSender>(client => client.Timeout = TimeForAll)
            // Whoever sends us elsewhere must not get the letter and its link there, nor may a page there count as an acceptance
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .AddResilienceHandler("sendgrid", pipeline => pipeline
                .AddCircuitBreaker(new Microsoft.Extensions.Http.Resilience.HttpCircuitBreakerStrategyOptions
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = 10,
                    SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = TimeSpan.FromSeconds(15),
                })
                .AddTimeout(TimeForAnAnswer));
        return services;
    }
}
