using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace FollowUp.Access;

/// <summary>
/// The certificates of the key ring, newest first: every version of the secret, since keys that an older one protects
/// are still in use. Read when they are needed, so that a vault out of reach does not keep the service from starting.
/// </summary>
internal sealed class KeyRingCertificates(SecretClient vault, string secretName)
{
    private readonly Lock _gate = new();
    private X509Certificate2[]? _loaded;

    public IReadOnlyList<X509Certificate2> All(bool anew = false)
    {
        lock (_gate)
        {
            return anew || _loaded is null ? _loaded = Load() : _loaded;
        }
    }

    private X509Certificate2[] Load() =>
    [
        .. vault.GetPropertiesOfSecretVersions(secretName)
            .Where(version => version.Enabled != false)
            .OrderByDescending(version => version.CreatedOn)
            .Select(version => vault.GetSecret(secretName, version.Version).Value.Value)
            .Select(pfx => X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(pfx), password: null)),
    ];
}

/// <summary>Protects a new key of the ring with the newest certificate.</summary>
internal sealed class KeyRingEncryptor(KeyRingCertificates certificates, ILoggerFactory loggers) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        if (certificates.All(anew: true) is not [var newest, ..])
        {
            throw new CryptographicException("The secret of the key ring's certificate has no enabled version in Key Vault.");
        }

        var encrypted = new CertificateXmlEncryptor(newest, loggers).Encrypt(plaintextElement);
        return new EncryptedXmlInfo(encrypted.EncryptedElement, typeof(KeyRingDecryptor));
    }
}

/// <summary>Opens a key of the ring with whichever certificate protects it; the key itself names this class.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyRingCertificates _certificates = services.GetRequiredService<KeyRingCertificates>();

    public XElement Decrypt(XElement encryptedElement)
    {
        try
        {
            return DecryptWith(_certificates.All(), encryptedElement);
        }
        catch (CryptographicException)
        {
            // Another instance may have protected it with a certificate that is newer than what was read here
            return DecryptWith(_certificates.All(anew: true), encryptedElement);
        }
    }

    // The framework's own decryptor takes its certificates from a container alone
    private static XElement DecryptWith(IReadOnlyList<X509Certificate2> certificates, XElement encrypted)
    {
        using var container = new ServiceCollection()
            .AddDataProtection().UnprotectKeysWithAnyCertificate([.. certificates]).Services
            .BuildServiceProvider();
        return new EncryptedXmlDecryptor(container).Decrypt(encrypted);
    }
}
