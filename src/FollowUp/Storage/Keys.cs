using System.Security.Cryptography;
using System.Text;

namespace FollowUp.Storage;

/// <summary>What table keys are made of.</summary>
internal static class Keys
{
    /// <summary>A short, stable name for a text that may not stand in a key itself, such as an address.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    /// <summary>The filter for row keys of one partition that begin with a prefix.</summary>
    public static string StartingWith(string partitionKey, string prefix) =>
        Azure.Data.Tables.TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {prefix} and RowKey lt {After(prefix)}");

    /// <summary>The filter for row keys of one partition from one key up to, but not including, another.</summary>
    public static string Between(string partitionKey, string from, string before) =>
        Azure.Data.Tables.TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {from} and RowKey lt {before}");

    public static bool AreAllowed(string key) =>
        Encoding.Unicode.GetByteCount(key) <= 1024 && !key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));

    /// <summary>Whether it is 32 lower-case hexadecimal digits, as <see cref="Hash"/> gives and as ids are.</summary>
    public static bool IsHex(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
