using CsCheck;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Text that people and attackers write.</summary>
internal static class AnyText
{
    private static readonly string[] Nasty =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "'><a href=//evil.example>x</a>", "]]><!--", "-->", "</td></table>",
        "\r\nBcc: everybody@example.com\r\n", "\0", "\u2028", "\u2029", "\u0085", "\u202E", "\uD800", "\uFFFF", "&lt;b&gt;", "&amp;", "{{body}}", "{0}", "%0d%0a",
        "https://evil.example/login", "javascript:alert(1)", "* ", "----", "====", "! ", "   ", "\n\n\n", "\t", "👩🏽‍⚖️", "Straße", "日本語", "שלום",
    ];

    public static Gen<string> Any { get; } = Gen.Select(Gen.String, Gen.Int[0, Nasty.Length - 1].Select(i => Nasty[i]), Gen.String[Gen.Char.AlphaNumeric, 0, 12], Gen.Int[0, Nasty.Length - 1].Select(i => Nasty[i]), (a, b, c, d) => a + b + c + d);
}
