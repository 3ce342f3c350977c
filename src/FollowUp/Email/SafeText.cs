using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FollowUp.Email;

/// <summary>Text that people have typed, made fit for an email.</summary>
internal static partial class SafeText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    // Most texts hold nothing else, and are fit as they are
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', 0x7F - ' ').Select(c => (char)c), .. "£‘’“”–—…•"]);
    private static readonly SearchValues<char> PartsOfLinks = SearchValues.Create("@:.\u3002\uFF0E\uFF61\u2024");

    /// <summary>The text on one line: no control characters, no line separators, single spaces.</summary>
    public static string OneLine(string text) => IsFit(text) ? text : string.Join(' ', Words(Clean(text)));

    /// <summary>The text's own lines, without control characters; never two empty lines in a row, none at the ends.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        if (IsFit(text))
        {
            return text.Length == 0 ? [] : [text];
        }

        var lines = new List<string>();
        foreach (var line in Clean(text).Split('\n').Select(l => string.Join(' ', Words(l))))
        {
            if (line.Length > 0 || lines is [.., { Length: > 0 }])
            {
                lines.Add(line);
            }
        }

        return lines is [.., ""] ? lines[..^1] : lines;
    }

    /// <summary>
    /// A name of a person, an organisation or a report: one line, not too long, and nothing that a mail client would
    /// turn into a link, since whoever chooses a name would choose where it leads.
    /// </summary>
    public static string Name(string text, int most = 120)
    {
        var name = OneLine(text);
        if (!name.AsSpan().ContainsAny(PartsOfLinks))
        {
            return name.Shortened(most);
        }

        name = name.Replace("@", " at ", StringComparison.Ordinal);
        name = Scheme().Replace(name, " ");
        name = DotInAHostName().Replace(name, "$0 ");
        return OneLine(name).Shortened(most);
    }

    public static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it is one line of plain characters with single spaces between its words.</summary>
    private static bool IsFit(string text) =>
        !text.AsSpan().ContainsAnyExcept(Plain) && text is not ([' ', ..] or [.., ' ']) && !text.Contains("  ", StringComparison.Ordinal);

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (IsLineBreak(rune.Value))
            {
                clean.Append('\n');
            }
            else if (Rune.IsControl(rune))
            {
                clean.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static bool IsLineBreak(int value) => value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;

    // Such characters can make a line read backwards or hide words in it; the joiners are parts of some scripts and signs
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner);

    [GeneratedRegex(@":(//|\\\\)+")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}\p{M}\u200C\u200D-])[.\u3002\uFF0E\uFF61\u2024](?=[\p{L}\p{N}\p{M}\u200C\u200D-]{2})")]
    private static partial Regex DotInAHostName();
}
