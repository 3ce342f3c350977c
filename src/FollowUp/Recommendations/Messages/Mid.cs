using System.Globalization;
using System.Security.Cryptography;
using FollowUp.Storage;

namespace FollowUp.Recommendations;

/// <summary>Ids of messages, which travel outside: the London day, then 96 random bits, as 32 lower-case hexadecimal digits in all.</summary>
internal static class Mid
{
    private const int Length = 32;
    private const int DayLength = 8;
    private const string DayFormat = "yyyyMMdd";

    public static string New(DateOnly on) =>
        Day(on) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes((Length - DayLength) / 2));

    public static bool IsOne(string text) => Keys.IsHex(text);

    /// <summary>The day of the message, as it stands in keys.</summary>
    public static string DayOf(string mid) => mid[..DayLength];

    /// <summary>The London day of the message.</summary>
    public static DateOnly On(string mid) => DateOnly.ParseExact(DayOf(mid), DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A day, as it stands in keys.</summary>
    public static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
