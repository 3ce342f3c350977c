using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Access;

/// <summary>How staff sign in: OpenID Connect (section <c>SignIn</c>).</summary>
public sealed class SignInSettings
{
    /// <summary>The provider's address, such as https://login.microsoftonline.com/{tenant}/v2.0.</summary>
    [Required(ErrorMessage = "SignIn__Authority is missing: set the address of the OpenID Connect provider, such as https://login.microsoftonline.com/{{tenant}}/v2.0")]
    public Uri Authority { get; set; } = null!;

    [Required(ErrorMessage = "SignIn__ClientId is missing: set the application's client id at the OpenID Connect provider.")]
    public string ClientId { get; set; } = "";

    [Required(ErrorMessage = "SignIn__ClientSecret is missing: set the application's client secret (in Azure, a Key Vault reference).")]
    public string ClientSecret { get; set; } = "";

    /// <summary>The audience of bearer tokens for the API.</summary>
    [Required(ErrorMessage = "SignIn__Audience is missing: set the audience of the API's bearer tokens.")]
    public string Audience { get; set; } = "";

    /// <summary>How many minutes after signing in staff sign in again, however busy they are: a role that is taken away at the provider holds until then at most.</summary>
    public int SessionMinutes { get; set; } = 600;
}

[OptionsValidator]
internal sealed partial class SignInSettingsRules : IValidateOptions<SignInSettings>;

internal sealed class SessionIsSound : IValidateOptions<SignInSettings>
{
    public ValidateOptionsResult Validate(string? name, SignInSettings options) => options.SessionMinutes is >= 15 and <= 1440
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"SignIn__SessionMinutes must be from 15 to 1,440, and is {options.SessionMinutes}: set how many minutes after signing in staff sign in again.");
}

internal sealed class AuthorityIsSound(IHostEnvironment environment) : IValidateOptions<SignInSettings>
{
    public ValidateOptionsResult Validate(string? name, SignInSettings options) =>
        options.Authority is null ? ValidateOptionsResult.Success
        : !options.Authority.IsAbsoluteUri || options.Authority.Scheme is not ("https" or "http")
            ? ValidateOptionsResult.Fail($"SignIn__Authority is not a web address: {options.Authority}")
        : environment.IsProduction() && options.Authority.Scheme != "https"
            ? ValidateOptionsResult.Fail("SignIn__Authority must start with https:// in production.")
        : ValidateOptionsResult.Success;
}
