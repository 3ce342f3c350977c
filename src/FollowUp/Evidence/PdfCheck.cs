using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace FollowUp.Evidence;

/// <summary>Whether bytes are a PDF from the first to the last, without scripts, programs or other files in it.</summary>
internal static class PdfCheck
{
    private const int MostUnpacked = 50 * 1024 * 1024;
    private const int LongestName = 64;
    private const int LongestDictionary = 4096;
    private const string NotOne = "The file’s name ends in .pdf, but it is not a PDF. Save it as PDF, then upload it again";
    private const string More = "The file is a PDF with something else in it. Print it to PDF again, then upload that";
    private const string Acts = "The PDF contains scripts, programs or other files. Print it to PDF again, then upload that";

    private static readonly HashSet<string> Active = ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia"];

    public static string? Fault(byte[] content)
    {
        ReadOnlySpan<byte> bytes = content;
        if (!bytes.StartsWith("%PDF-1."u8) && !bytes.StartsWith("%PDF-2."u8))
        {
            return NotOne;
        }

        var end = bytes.LastIndexOf("%%EOF"u8);
        if (end < 0)
        {
            return "The PDF is damaged: its end is missing. Save it as PDF again, then upload it";
        }

        if (bytes[(end + 5)..].IndexOfAnyExcept(" \t\r\n\0"u8) >= 0 || ZipEnd.Find(bytes) is not null || Markup.IsIn(bytes[..Math.Min(bytes.Length, 1024)]))
        {
            return More;
        }

        var budget = MostUnpacked;
        return Acting(bytes, ref budget, isPacked: false) ? Acts : null;
    }

    /// <summary>Whether a name outside streams, or in a stream of objects, makes the document do something. Objects that are packed hold no streams.</summary>
    private static bool Acting(ReadOnlySpan<byte> bytes, ref int budget, bool isPacked)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '/' && Active.Contains(Name(bytes[(i + 1)..])))
            {
                return true;
            }

            if (!isPacked && bytes[i] == 's' && StartOfStream(bytes, i) is { } start)
            {
                var length = bytes[start..].IndexOf("endstream"u8);
                var stream = length < 0 ? bytes[start..] : bytes.Slice(start, length);
                if (HoldsObjects(bytes[..i]) && Acting(Unpack(stream, ref budget), ref budget, isPacked: true))
                {
                    return true;
                }

                i = start + stream.Length;
            }
        }

        return false;
    }

    private static int? StartOfStream(ReadOnlySpan<byte> bytes, int at)
    {
        if (!bytes[at..].StartsWith("stream"u8) || bytes[..at].EndsWith("end"u8))
        {
            return null;
        }

        var after = bytes[(at + 6)..];
        return after.StartsWith("\r\n"u8) ? at + 8 : after.StartsWith("\n"u8) || after.StartsWith("\r"u8) ? at + 7 : null;
    }

    /// <summary>Whether the dictionary before a stream says that objects are packed into it.</summary>
    private static bool HoldsObjects(ReadOnlySpan<byte> before)
    {
        var near = before[Math.Max(0, before.Length - LongestDictionary)..];
        return near[Math.Max(0, near.LastIndexOf("obj"u8))..].IndexOf("ObjStm"u8) >= 0;
    }

    private static byte[] Unpack(ReadOnlySpan<byte> stream, ref int budget)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(stream.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            for (var read = inflate.Read(buffer); read > 0 && budget > 0; read = inflate.Read(buffer))
            {
                unpacked.Write(buffer, 0, read);
                budget -= read;
            }
        }
        catch (InvalidDataException)
        {
            // What cannot be unpacked here cannot be read by others either; what was unpacked before is looked at
        }

        return unpacked.ToArray();
    }

    /// <summary>A name, which may hide its letters behind #xx.</summary>
    private static string Name(ReadOnlySpan<byte> bytes)
    {
        var name = new StringBuilder();
        for (var i = 0; i < bytes.Length && name.Length < LongestName && !" \t\r\n\0\f/<>[](){}%"u8.Contains(bytes[i]); i++)
        {
            if (bytes[i] == '#' && i + 2 < bytes.Length && byte.TryParse(bytes.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter))
            {
                name.Append((char)letter);
                i += 2;
            }
            else
            {
                name.Append((char)bytes[i]);
            }
        }

        return name.ToString();
    }
}
