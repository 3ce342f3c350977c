using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp;

/// <summary>The service as the world sees it (section <c>FollowUp</c>).</summary>
public sealed class FollowUpSettings
{
    /// <summary>The address that every link and redirect begins with. It comes from here alone; the Host header is not believed.</summary>
    [Required(ErrorMessage = "FollowUp__BaseAddress is missing: set the public address of the service, such as https://followup.example.gov.uk/")]
    public Uri BaseAddress { get; set; } = null!;

    /// <summary>Whether cookies are for https alone.</summary>
    internal bool IsSecure => BaseAddress.Scheme == Uri.UriSchemeHttps;
}

[OptionsValidator]
internal sealed partial class FollowUpSettingsRules : IValidateOptions<FollowUpSettings>;

/// <summary>Any other name would be taken for a trial, with connection strings and an unprotected key ring.</summary>
internal sealed class EnvironmentIsKnown(IHostEnvironment environment) : IValidateOptions<FollowUpSettings>
{
    public ValidateOptionsResult Validate(string? name, FollowUpSettings options) =>
        environment.IsProduction() || environment.IsStaging() || environment.IsDevelopment()
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"ASPNETCORE_ENVIRONMENT is “{environment.EnvironmentName}”: write Production, Staging or Development, or leave it out for Production.");
}

internal sealed class BaseAddressIsSound(IHostEnvironment environment) : IValidateOptions<FollowUpSettings>
{
    public ValidateOptionsResult Validate(string? name, FollowUpSettings options) =>
        options.BaseAddress is null ? ValidateOptionsResult.Success
        : !options.BaseAddress.IsAbsoluteUri || options.BaseAddress.Scheme is not ("https" or "http") || options.BaseAddress.PathAndQuery != "/" || options.BaseAddress.Fragment.Length > 0
            ? ValidateOptionsResult.Fail($"FollowUp__BaseAddress must be a web address without a path, such as https://followup.example.gov.uk/, and is {options.BaseAddress}")
        : environment.IsProduction() && !options.IsSecure
            ? ValidateOptionsResult.Fail("FollowUp__BaseAddress must start with https:// in production.")
        : ValidateOptionsResult.Success;
}
