using System.Text.RegularExpressions;

namespace FollowUp.Evidence;

/// <summary>
/// Finds the cells of a CSV that a spreadsheet would run. One that begins with = or @ is a formula. One that begins with + or -
/// may be a number, or an item of a list ("- Recruit officer(s)", "-Done!"), and does harm only when it reaches out: to another
/// program, another file or the web.
/// </summary>
internal static partial class CsvFormulas
{
    public static bool AreIn(string text) => Formula().IsMatch(text) || Records(text).Any(ReachesOut);

    private static bool ReachesOut(string record) => Signed().Match(record) is { Success: true } sign && Outside().IsMatch(record, sign.Index);

    /// <summary>The lines, together where a quoted cell goes on over the end of one.</summary>
    private static IEnumerable<string> Records(string text)
    {
        var (start, quotes) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            quotes += text[i] == '"' ? 1 : 0;
            if (text[i] is '\r' or '\n' && quotes % 2 == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    /// <summary>A cell that begins as a formula does, whatever separates the cells.</summary>
    [GeneratedRegex("""(?:^|[\r\n,;\t])[\uFEFF "]*[=@\uFF1D\uFF20]""", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();

    [GeneratedRegex("""(?:^|[\r\n,;\t])[\uFEFF "]*[+\-\uFF0B\uFF0D]""", RegexOptions.CultureInvariant)]
    private static partial Regex Signed();

    /// <summary>Another program (cmd|'/C calc'!A0), a cell of another file ('[other.xlsx]Sheet'!A1), or a function that fetches; "call(s)" is a word.</summary>
    [GeneratedRegex("""\w\|[^|\r\n]*!['\w]|!\$?[A-Za-z]{1,3}\$?[0-9]|'#\$|\b(?:HYPERLINK|WEBSERVICE|IMAGE|IMPORT[A-Z]+|INDIRECT|DDE|RTD|CALL|EXEC|REGISTER(?:\.ID)?|SQL\.REQUEST)\((?!e?s\))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Outside();
}
