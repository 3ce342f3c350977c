namespace FollowUp.Local.Service;

/// <summary>What the service is told by its environment, as app settings in production.</summary>
internal sealed record ServiceSettings(IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The address that the service believes itself to have.</summary>
    public Uri BaseAddress => new(Environment["FollowUp__BaseAddress"]);

    public static ServiceSettings For(Uri front, Uri console, string storage, Uri mail, string webhookPublicKey, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var consoleAddress = console.GetLeftPart(UriPartial.Authority);
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            // The host's own address, which its child inherits and must not listen on
            ["ASPNETCORE_URLS"] = front.GetLeftPart(UriPartial.Authority),
            ["AzureWebJobsStorage"] = storage,
            ["FollowUp__BaseAddress"] = front.GetLeftPart(UriPartial.Authority),
            ["SendGrid__ApiKey"] = Mail.MailEndpoints.ApiKey,
            ["SendGrid__Host"] = mail.GetLeftPart(UriPartial.Authority),
            ["SendGrid__WebhookPublicKey"] = webhookPublicKey,
            ["Evidence__Scan"] = "http",
            ["Evidence__ScanUrl"] = consoleAddress + "/scan",
            ["Email__From"] = "followup@inspectorate.example",
            ["Email__FromName"] = "HM Inspectorate of Probation",
            ["Email__AllowedDomains__0"] = "example",
            ["Inspectorate__Name"] = "HM Inspectorate of Probation",
            ["Inspectorate__Mailbox"] = "followup.mailbox@inspectorate.example",
            ["Logging__LogLevel__Microsoft"] = "Warning",
            ["Logging__LogLevel__System.Net.Http"] = "Warning",
            ["Logging__LogLevel__Azure"] = "Warning",
            ["Logging__LogLevel__Polly"] = "Warning",
            ["SignIn__Authority"] = consoleAddress,
            ["SignIn__ClientId"] = "followup",
            ["SignIn__ClientSecret"] = "local",
            ["SignIn__Audience"] = "followup",
        };
        foreach (var (name, value) in overrides ?? new Dictionary<string, string>())
            settings[name] = value;
        return new ServiceSettings(settings);
    }
}
