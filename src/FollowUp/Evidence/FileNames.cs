using System.Globalization;

namespace FollowUp.Evidence;

/// <summary>Which names a file may have. A name is shown to staff and given back on download, so it must be what it looks like.</summary>
internal static class FileNames
{
    public const int Longest = 150;

    // What runs when somebody opens it. Not .com, which is more often an address's, nor .html or .docm, which a program that
    // prints to PDF leaves in the name
    private static readonly HashSet<string> Running = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse", ".mjs", ".wsf", ".wsh", ".hta", ".msi", ".msp", ".jar", ".lnk",
        ".dll", ".cpl", ".php", ".asp", ".aspx", ".jsp", ".py", ".sh", ".iso", ".vhd", ".chm",
    };

    /// <summary>What is wrong with a name, and what to do; null when it may be used.</summary>
    public static string? Problem(string name)
    {
        if (name.Any(IsHidden))
        {
            return "The file’s name contains characters that cannot be seen. Rename the file, then upload it again";
        }

        if (name.Any(c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'))
        {
            return "The file’s name must not contain any of / \\ : * ? \" < > |. Rename the file, then upload it again";
        }

        if (name.Length > Longest)
        {
            return $"The file’s name must be {Longest} characters or fewer; it has {name.Length}. Rename the file, then upload it again";
        }

        if (Path.GetFileNameWithoutExtension(name).Trim(' ', '.').Length == 0)
        {
            return "The file needs a name before its ending, such as report.pdf. Rename the file, then upload it again";
        }

        var endings = name.Split('.').Skip(1).Select(part => "." + part.Trim()).ToList();
        return endings.SkipLast(1).FirstOrDefault(Running.Contains) is { } hidden
            ? $"The file’s name has two endings, one of them {hidden}. Rename the file, then upload it again"
            : null;
    }

    /// <summary>Control characters, those that turn the direction of writing round, halves of characters, and what could not be read.</summary>
    private static bool IsHidden(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        || c == '\uFFFD';
}
