using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Azure;
using Azure.Security.KeyVault.Secrets;
using FollowUp.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace FollowUp.Access;

/// <summary>
/// The certificates of the key ring, newest first: every version of the secret, since keys that an older one protects
/// are still in use. Read when they are needed, so that a vault out of reach does not keep the service from starting,
/// and one by one, since each deployment adds a version.
/// </summary>
internal sealed partial class KeyRingCertificates(SecretClient vault, string secretName, ILogger<KeyRingCertificates> logger)
{
    // For each page that waits for a key the framework asks up to ten times, and each time with a thread
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, X509Certificate2?> read = [];
    private Silence? silence;

    private sealed record Silence(long Since, Exception Why);

    /// <summary>Those that can be read: a version that holds no certificate is passed over.</summary>
    public IEnumerable<X509Certificate2> NewestFirst() => Ask(() => vault.GetPropertiesOfSecretVersions(secretName).ToList())
        .Where(version => version.Enabled != false)
        .OrderByDescending(version => version.CreatedOn)
        .Select(version => read.GetOrAdd(version.Version, Read))
        .OfType<X509Certificate2>()
        .DistinctBy(certificate => certificate.Thumbprint);

    private X509Certificate2? Read(string version)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(Ask(() => vault.GetSecret(secretName, version)).Value.Value), password: null);
        }
        catch (Exception damage) when (damage is FormatException or CryptographicException)
        {
            KeyRingCertificatesLog.NoCertificate(logger, version, secretName, damage.GetType().Name);
            return null;
        }
    }

    /// <summary>Asks the vault, unless it has just failed to answer.</summary>
    private T Ask<T>(Func<T> question)
    {
        if (silence is { } last && TimeProvider.System.GetElapsedTime(last.Since) < Rest)
        {
            throw new RequestFailedException("Key Vault did not answer a moment ago.", last.Why);
        }

        try
        {
            return question();
        }
        catch (Exception failure) when (OutOfReach.Is(failure))
        {
            silence = new Silence(TimeProvider.System.GetTimestamp(), failure);
            throw;
        }
    }

    private static partial class KeyRingCertificatesLog
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The version {Version} of the secret {Secret} holds no certificate in base64 and is passed over ({Reason}). Disable it in Key Vault.")]
        public static partial void NoCertificate(ILogger logger, string version, string secret, string reason);
    }
}

/// <summary>Protects a new key of the ring with the newest certificate.</summary>
internal sealed class KeyRingEncryptor(KeyRingCertificates certificates, ILoggerFactory loggers) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var newest = certificates.NewestFirst().FirstOrDefault()
            ?? throw new CryptographicException("The secret of the key ring's certificate has no enabled version in Key Vault that holds a certificate.");
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
        CryptographicException? last = null;
        foreach (var certificate in _certificates.NewestFirst())
        {
            try
            {
                return DecryptWith(certificate, encryptedElement);
            }
            catch (CryptographicException other)
            {
                last = other;
            }
        }

        throw new CryptographicException("No certificate in Key Vault opens this key of the ring.", last);
    }

    // The framework's own decryptor takes its certificates from a container alone
    private static XElement DecryptWith(X509Certificate2 certificate, XElement encrypted)
    {
        using var container = new ServiceCollection()
            .AddDataProtection().UnprotectKeysWithAnyCertificate(certificate).Services
            .BuildServiceProvider();
        return new EncryptedXmlDecryptor(container).Decrypt(encrypted);
    }
}
