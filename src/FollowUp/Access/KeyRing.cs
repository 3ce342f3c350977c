using Azure.Security.KeyVault.Secrets;
using FollowUp.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace FollowUp.Access;

/// <summary>The key ring of cookies and forms: one for all instances and both hostings, in the store, under a certificate of Key Vault.</summary>
internal static class KeyRing
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeyRingSettings>().Bind(configuration.GetSection("KeyRing")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyRingSettings>, KeyRingSettingsRules>();
        services.AddSingleton<IValidateOptions<KeyRingSettings>, KeyRingIsProtected>();
        services.AddDataProtection().SetApplicationName("FollowUp");
        services.AddSingleton<IXmlRepository, KeyRingTable>();
        services.AddSingleton(Certificates);
        services.AddSingleton<KeyRingEncryptor>();
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider, IOptions<KeyRingSettings>>((keys, provider, settings) =>
        {
            keys.XmlRepository = provider.GetRequiredService<IXmlRepository>();
            keys.XmlEncryptor = settings.Value.VaultUri is null ? null : provider.GetRequiredService<KeyRingEncryptor>();
        });
        return services;
    }

    private static KeyRingCertificates Certificates(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<IOptions<KeyRingSettings>>().Value;
        var vault = settings.VaultUri ?? throw new InvalidOperationException("A key of the ring is protected by a certificate: set KeyRing__VaultUri to the Key Vault that holds it.");
        var identity = provider.GetRequiredService<IOptions<StorageSettings>>().Value.Identity();
        return new KeyRingCertificates(new SecretClient(vault, identity), settings.SecretName, provider.GetRequiredService<ILogger<KeyRingCertificates>>());
    }
}
