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

    /// <summary>
    /// Has the ring read beside the start, not before it: the framework would wait for it before the service listens.
    /// The last step, as every room that protects something brings the framework's reader again.
    /// </summary>
    public static IServiceCollection ReadKeyRingBeside(this IServiceCollection services)
    {
        foreach (var reader in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList())
        {
            services.Remove(reader);
        }

        return services.AddHostedService<KeyRingReader>();
    }

    private static KeyRingCertificates Certificates(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<IOptions<KeyRingSettings>>().Value;
        var vault = settings.VaultUri ?? throw new InvalidOperationException("A key of the ring is protected by a certificate: set KeyRing__VaultUri to the Key Vault that holds it.");
        var identity = provider.GetRequiredService<IOptions<StorageSettings>>().Value.Identity();
        return new KeyRingCertificates(new SecretClient(vault, identity, Patience()), settings.SecretName, provider.GetRequiredService<ILogger<KeyRingCertificates>>());
    }

    private static SecretClientOptions Patience() => new() { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(5), MaxDelay = TimeSpan.FromSeconds(2) } };
}
