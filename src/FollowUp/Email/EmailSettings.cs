using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Email;

/// <summary>Whom emails come from, and where they may go (section <c>Email</c>).</summary>
public sealed class EmailSettings
{
    /// <summary>The sender's address, verified at SendGrid.</summary>
    [Required(ErrorMessage = "Email__From is missing: set the address that emails come from.")]
    public string From { get; set; } = "";

    /// <summary>The sender's name as inboxes show it.</summary>
    [Required(ErrorMessage = "Email__FromName is missing: set the name that emails come from, such as “HM Inspectorate of Probation”.")]
    public string FromName { get; set; } = "";

    /// <summary>Outside production, the only domains (with those below them) that emails go to.</summary>
    public IList<string> AllowedDomains { get; init; } = [];
}

/// <summary>How SendGrid is reached (section <c>SendGrid</c>).</summary>
public sealed class SendGridSettings
{
    /// <summary>The API key; in Azure a reference to Key Vault.</summary>
    [Required(ErrorMessage = "SendGrid__ApiKey is missing: set SendGrid's API key (in Azure, a Key Vault reference).")]
    public string ApiKey { get; set; } = "";

    /// <summary>The API's address; another one for the EU region or for development.</summary>
    [Required(ErrorMessage = "SendGrid__Host is missing: set it to https://api.sendgrid.com or leave it out.")]
    public Uri Host { get; set; } = new("https://api.sendgrid.com");

    /// <summary>The verification key of the signed event webhook: base64 of the P-256 public key, as SendGrid shows it.</summary>
    [Required(ErrorMessage = "SendGrid__WebhookPublicKey is missing: copy the verification key of the signed event webhook from SendGrid's settings.")]
    public string WebhookPublicKey { get; set; } = "";
}

/// <summary>The inspectorate that the service works for (section <c>Inspectorate</c>).</summary>
public sealed class InspectorateSettings
{
    /// <summary>Its name, as in “HM Inspectorate of Probation”.</summary>
    [Required(ErrorMessage = "Inspectorate__Name is missing: set the inspectorate's name.")]
    public string Name { get; set; } = "";

    /// <summary>The mailbox that replies go to, and the last in every line of recipients.</summary>
    [Required(ErrorMessage = "Inspectorate__Mailbox is missing: set the inspectorate's mailbox, which replies and last resorts go to.")]
    public string Mailbox { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class EmailSettingsRules : IValidateOptions<EmailSettings>;

[OptionsValidator]
internal sealed partial class SendGridSettingsRules : IValidateOptions<SendGridSettings>;

[OptionsValidator]
internal sealed partial class InspectorateSettingsRules : IValidateOptions<InspectorateSettings>;

/// <summary>Addresses, keys and domains must be what they say.</summary>
internal sealed class EmailSettingsAreSound(IHostEnvironment environment)
    : IValidateOptions<EmailSettings>, IValidateOptions<SendGridSettings>, IValidateOptions<InspectorateSettings>
{
    public ValidateOptionsResult Validate(string? name, EmailSettings options) =>
        options.From.Length > 0 && !EmailAddress.TryParse(options.From, null, out _) ? Fail($"Email__From is not an email address: {options.From}")
        : !environment.IsProduction() && options.AllowedDomains.Count == 0 ? Fail("Email__AllowedDomains__0 is missing: outside production, name the domains that emails may go to.")
        : options.AllowedDomains.FirstOrDefault(d => Uri.CheckHostName(d) != UriHostNameType.Dns) is { } wrong ? Fail($"Email__AllowedDomains__{options.AllowedDomains.IndexOf(wrong)} is not a mail domain, such as bgsw.example: {wrong}")
        : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, SendGridSettings options) =>
        options.WebhookPublicKey.Length > 0 && !WebhookKey.IsSound(options.WebhookPublicKey) ? Fail("SendGrid__WebhookPublicKey is not a P-256 public key in base64: copy it from SendGrid's settings of the signed event webhook.")
        : !options.Host.IsAbsoluteUri || options.Host.Scheme is not ("https" or "http") ? Fail($"SendGrid__Host is not a web address: {options.Host}")
        : environment.IsProduction() && options.Host.Scheme != "https" ? Fail("SendGrid__Host must start with https:// in production.")
        : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, InspectorateSettings options) =>
        options.Mailbox.Length > 0 && !EmailAddress.TryParse(options.Mailbox, null, out _) ? Fail($"Inspectorate__Mailbox is not an email address: {options.Mailbox}")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string why) => ValidateOptionsResult.Fail(why);
}
