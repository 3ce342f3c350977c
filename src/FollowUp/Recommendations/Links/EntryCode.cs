using System.Globalization;
using System.Security.Cryptography;

namespace FollowUp.Recommendations;

/// <summary>What became of a code that somebody typed.</summary>
internal enum CodeVerdict
{
    /// <summary>It is the one that was sent; it is used up now.</summary>
    Right,

    /// <summary>It is another one.</summary>
    Wrong,

    /// <summary>No code counts: none was sent, it is too old, it was used, or too many wrong ones were typed.</summary>
    None,
}

/// <summary>
/// The code of six digits that opens one link, once. The register keeps a slow hash with a salt: six digits are few, and
/// the hash has to hold for a quarter of an hour only.
/// </summary>
public sealed record EntryCode
{
    /// <summary>How long a code can be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    internal const int MostTries = 5;
    internal const int MostInAnHour = 5;
    private const int Rounds = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>When codes were asked for, the last hour's.</summary>
    public IReadOnlyList<DateTimeOffset> AskedAt { get; init; } = [];

    public string? Salt { get; init; }

    /// <summary>The hash of the code that counts; null when none does.</summary>
    public string? Hash { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many wrong codes were typed since it was sent.</summary>
    public int Tries { get; init; }


    internal static string Mint() => RandomNumberGenerator.GetInt32(1_000_000).ToString("d6", CultureInfo.InvariantCulture);

    /// <summary>Notes that a code was asked for; null when one was a moment ago, or too many.</summary>
    internal EntryCode? Ask(DateTimeOffset now)
    {
        var asked = AskedAt.Where(at => now - at < TimeSpan.FromHours(1)).ToList();
        return asked.Count >= MostInAnHour || asked.Any(at => now - at < Pause) ? null : this with { AskedAt = [.. asked, now] };
    }

    /// <summary>The code that is sent now is the one that counts; one sent before counts no more.</summary>
    internal EntryCode Send(string code, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return this with { Salt = Convert.ToHexStringLower(salt), Hash = HashOf(code, salt), ExpiresAt = now + Lasts, Tries = 0 };
    }

    /// <summary>Judges what somebody has typed. A right code is used up by it, and a wrong one is counted.</summary>
    internal (EntryCode After, CodeVerdict Verdict) Try(string? typed, DateTimeOffset now)
    {
        if (Hash is null || Salt is null || now > ExpiresAt || Tries >= MostTries)
        {
            return (this, CodeVerdict.None);
        }

        var digits = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-'));
        var right = digits.Length == 6 && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(Hash), Convert.FromHexString(HashOf(digits, Convert.FromHexString(Salt))));
        return right ? (this with { Hash = null, Salt = null, ExpiresAt = null }, CodeVerdict.Right) : (this with { Tries = Tries + 1 }, CodeVerdict.Wrong);
    }

    private static string HashOf(string code, byte[] salt) => Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(code, salt, Rounds, HashAlgorithmName.SHA256, 32));
}
