using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FollowUp.Access;

/// <summary>What protects the key ring of cookies and forms at rest (section <c>KeyRing</c>).</summary>
public sealed class KeyRingSettings
{
    /// <summary>The Key Vault that holds the certificate; read with the identity of the storage account.</summary>
    public Uri? VaultUri { get; set; }

    /// <summary>The secret there that is the certificate with its private key: PFX without a password, in base64.</summary>
    [Required(ErrorMessage = "KeyRing__SecretName is empty: name the secret in Key Vault that is the key ring's certificate, or leave it out.")]
    [RegularExpression("^[0-9A-Za-z-]{1,127}$", ErrorMessage = "KeyRing__SecretName must be the name of a secret in Key Vault: up to 127 letters, digits and hyphens, without its address or version.")]
    public string SecretName { get; set; } = "key-ring";
}

[OptionsValidator]
internal sealed partial class KeyRingSettingsRules : IValidateOptions<KeyRingSettings>;

internal sealed class KeyRingIsProtected(IHostEnvironment environment) : IValidateOptions<KeyRingSettings>
{
    public ValidateOptionsResult Validate(string? name, KeyRingSettings options) => options.VaultUri switch
    {
        null when environment.IsProduction() => ValidateOptionsResult.Fail(
            "KeyRing__VaultUri is missing: in production name the Key Vault with the certificate that protects the key ring, such as https://followup.vault.azure.net/"),
        { IsAbsoluteUri: false } or { Scheme: not "https" } => ValidateOptionsResult.Fail(
            $"KeyRing__VaultUri must be the https:// address of a Key Vault, and is {options.VaultUri}"),
        _ => ValidateOptionsResult.Success,
    };
}
