using System.Security.Cryptography;

namespace FollowUp.Local.Mail;

/// <summary>The key pair that the event webhooks are signed with, kept with the data.</summary>
internal sealed class WebhookKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public WebhookKey(string file)
    {
        if (File.Exists(file))
            _key.ImportFromPem(File.ReadAllText(file));
        else
            File.WriteAllText(file, _key.ExportECPrivateKeyPem());
    }

    /// <summary>Base64 of the SubjectPublicKeyInfo, as SendGrid shows it.</summary>
    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    /// <summary>Base64 of the DER signature over the timestamp followed by the body.</summary>
    public string Sign(ReadOnlySpan<byte> timestampAndBody) =>
        Convert.ToBase64String(_key.SignData(timestampAndBody, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => _key.Dispose();
}
