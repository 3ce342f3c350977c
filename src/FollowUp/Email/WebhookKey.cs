using System.Security.Cryptography;
using System.Text;

namespace FollowUp.Email;

/// <summary>Checks the signature of SendGrid's event webhook: ECDSA P-256 with SHA-256 over timestamp and raw body.</summary>
internal sealed class WebhookKey : IDisposable
{
    private readonly ECDsa key = ECDsa.Create();

    public WebhookKey(string base64) => key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);

    public static bool IsSound(string base64)
    {
        try
        {
            using var sound = new WebhookKey(base64);
            return sound.key.KeySize == 256;
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether the body was signed by SendGrid.</summary>
    /// <param name="signature">The header X-Twilio-Email-Event-Webhook-Signature: base64 of a DER signature.</param>
    /// <param name="timestamp">The header X-Twilio-Email-Event-Webhook-Timestamp.</param>
    /// <param name="body">The bytes as they came.</param>
    public bool Signed(string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        var signed = new byte[Encoding.UTF8.GetByteCount(timestamp) + body.Length];
        var length = Encoding.UTF8.GetBytes(timestamp, signed);
        body.CopyTo(signed.AsSpan(length));
        Span<byte> der = stackalloc byte[128];
        return Convert.TryFromBase64String(signature, der, out var size)
            && key.VerifyData(signed, der[..size], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose() => key.Dispose();
}
