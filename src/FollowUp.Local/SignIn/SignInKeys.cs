using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace FollowUp.Local.SignIn;

/// <summary>The provider's keys, kept with the data so that tokens outlive a restart.</summary>
internal static class SignInKeys
{
    public static RsaSecurityKey Signing(string folder)
    {
        var file = Path.Combine(folder, "sign-in.pem");
        var key = RSA.Create(2048);
        if (File.Exists(file))
            key.ImportFromPem(File.ReadAllText(file));
        else
            File.WriteAllText(file, key.ExportRSAPrivateKeyPem());
        return new RsaSecurityKey(key);
    }

    public static SymmetricSecurityKey Encryption(string folder)
    {
        var file = Path.Combine(folder, "sign-in.key");
        if (!File.Exists(file))
            File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
        return new SymmetricSecurityKey(File.ReadAllBytes(file));
    }
}
