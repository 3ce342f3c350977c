using System.Text.RegularExpressions;

namespace FollowUp.Evidence;

/// <summary>The place where an Office document says that a part of it is.</summary>
internal static partial class OfficeTarget
{
    private const string Here = "//localhost";

    /// <summary>
    /// Whether Office would ask another computer for it: a web address or a server's share. Word notes the template of a document
    /// as a file of the computer where it was written (<c>file:///C:\…\Letter.dotx</c>), and pictures pasted from an email by a
    /// name (<c>cid:</c>); neither leads anywhere.
    /// </summary>
    public static bool IsElsewhere(string target)
    {
        var place = Uri.UnescapeDataString(target).Trim().Replace('\\', '/');
        if (Named().IsMatch(place))
        {
            return false;
        }

        if (place.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            place = OfFile(place[5..]);
        }

        return !OnDrive().IsMatch(place) && (place.StartsWith("//", StringComparison.Ordinal) || place.Contains(':', StringComparison.Ordinal));
    }

    /// <summary>Whether it is an address of the web, where nothing is fetched with the name and password of whoever opens the document.</summary>
    public static bool IsWeb(string target) => Web().IsMatch(target);

    /// <summary>What follows "file:", as a path: one that begins with two slashes is a server's.</summary>
    private static string OfFile(string place) =>
        place.StartsWith(Here + "/", StringComparison.OrdinalIgnoreCase) ? place[Here.Length..]
        : OnMac().IsMatch(place) ? place[3..]
        : place.StartsWith("///", StringComparison.Ordinal) || place.StartsWith("//", StringComparison.Ordinal) && OnDrive().IsMatch(place[2..]) ? place[2..]
        : place;

    [GeneratedRegex("^(?:cid|data):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    /// <summary>Word for Mac writes a fourth slash, with which a folder at the top looks like a server; no server has such a name.</summary>
    [GeneratedRegex("^////(?:Users|Library|Applications|Volumes)/", RegexOptions.CultureInvariant)]
    private static partial Regex OnMac();

    [GeneratedRegex("^/?[A-Za-z]:", RegexOptions.CultureInvariant)]
    private static partial Regex OnDrive();

    [GeneratedRegex(@"^\s*https?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();
}
