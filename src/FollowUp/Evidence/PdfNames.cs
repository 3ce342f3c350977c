using System.Globalization;

namespace FollowUp.Evidence;

/// <summary>Names in a PDF: a slash and what follows it, up to a space or a bracket.</summary>
internal static class PdfNames
{
    private const int Longest = 64;
    private static ReadOnlySpan<byte> Ends => " \t\r\n\0\f/<>[](){}%"u8;

    // What makes a document do something, or brings another file along
    private static readonly HashSet<string> Active = ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia"];

    public static bool IsActive(string name) => Active.Contains(name);

    /// <summary>The name after a slash, which may hide its letters behind #xx.</summary>
    /// <param name="bytes">What follows the slash.</param>
    /// <param name="length">How many bytes it takes; no more are read than any name of interest can take.</param>
    public static string Read(ReadOnlySpan<byte> bytes, out int length)
    {
        Span<char> name = stackalloc char[Longest];
        var letters = 0;
        for (length = 0; length < bytes.Length && letters < Longest && !Ends.Contains(bytes[length]); length++)
        {
            if (bytes[length] == '#' && length + 2 < bytes.Length && byte.TryParse(bytes.Slice(length + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter))
            {
                name[letters++] = (char)letter;
                length += 2;
            }
            else
            {
                name[letters++] = (char)bytes[length];
            }
        }

        return new string(name[..letters]);
    }
}
