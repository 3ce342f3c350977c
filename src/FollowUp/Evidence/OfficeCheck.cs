using System.IO.Compression;
using System.Xml;
using FollowUp.Recommendations;

namespace FollowUp.Evidence;

/// <summary>
/// Whether bytes are one Office document without macros. Its zip is unpacked within bounds to see what is really in it;
/// the sizes that it states are not believed.
/// </summary>
internal static class OfficeCheck
{
    private const int MostEntries = 2_000;
    private const int MostUnpacked = 200 * 1024 * 1024;
    private const int LongestPart = 2 * 1024 * 1024;
    private const int MostNested = 1;
    private const string Macros = "The file contains macros or other programs. Save it without them, or as PDF, then upload that";
    private const string TooMuch = "The file unpacks to more than can be checked. Save it as PDF, then upload that";
    private const string More = "The file has something else in it than the document. Open it, save it again, then upload that";
    private const string Damaged = "The file is damaged. Open it, save it again, then upload that";
    private const string Elsewhere = "When it is opened, the file fetches parts of itself from somewhere else, such as a picture or its template. Save it as a PDF and upload that";

    public static string? Fault(EvidenceKind kind, byte[] content)
    {
        var budget = MostUnpacked;
        return Fault(kind, content, ref budget, depth: 0);
    }

    private static string? Fault(EvidenceKind kind, byte[] content, ref int budget, int depth)
    {
        ReadOnlySpan<byte> bytes = content;
        if (bytes.StartsWith(OldOffice))
        {
            return "The file is protected by a password, or of an old kind. Save it without a password as docx, xlsx or pptx, then upload it again";
        }

        if (!bytes.StartsWith("PK\x03\x04"u8))
        {
            return NotOne(kind);
        }

        if (ZipEnd.Find(bytes) is not { } end)
        {
            return Damaged;
        }

        if (!end.IsWhole)
        {
            return More;
        }

        if (end.Entries > MostEntries)
        {
            return TooMuch;
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            return Fault(kind, zip, ref budget, depth);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            return Damaged;
        }
    }

    private static string? Fault(EvidenceKind kind, ZipArchive zip, ref int budget, int depth)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        OfficeParts? parts = null;
        if (zip.Entries.Count > MostEntries)
        {
            return TooMuch;
        }

        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            if (!names.Add(name) || entry.IsEncrypted || name.Contains('\\') || name.StartsWith('/') || name.Split('/').Contains(".."))
            {
                return Damaged;
            }

            if (OfficeParts.IsProgram(name))
            {
                return Macros;
            }

            var wanted = OfficeParts.IsRead(name);
            var keep = OfficeParts.IsDocument(name) ? FileCheck.MostBytes : wanted ? LongestPart : 0;
            if (!Unpack(entry, ref budget, keep, out var content) || wanted && !OfficeParts.IsDocument(name) && content.Length > LongestPart)
            {
                return TooMuch;
            }

            if (OfficeParts.IsDocument(name))
            {
                var inner = FileKinds.ByEnding(name)!.Kind;
                if (depth >= MostNested || Fault(inner, content, ref budget, depth + 1) is not null)
                {
                    return "Another document in the file cannot be checked, or must not be there. Save the file as PDF, then upload that";
                }
            }
            else if (wanted && OfficeParts.FetchesFromElsewhere(name, content))
            {
                return Elsewhere;
            }

            parts = name == OfficeParts.List ? OfficeParts.Read(content) : parts;
        }

        return parts switch
        {
            null => NotOne(kind),
            { HasMacros: true } => Macros,
            _ => parts.Kind == kind ? null : NotOne(kind),
        };
    }

    /// <summary>Unpacks an entry as far as the budget goes; false when it is longer.</summary>
    private static bool Unpack(ZipArchiveEntry entry, ref int budget, int keep, out byte[] content)
    {
        using var kept = new MemoryStream();
        using var stream = entry.Open();
        var buffer = new byte[32 * 1024];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            budget -= read;
            if (budget < 0)
            {
                content = [];
                return false;
            }

            // A little more than is to be kept, so that what is too long shows
            if (kept.Length <= keep)
            {
                kept.Write(buffer, 0, read);
            }
        }

        content = kept.ToArray();
        return true;
    }

    private static ReadOnlySpan<byte> OldOffice => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static string NotOne(EvidenceKind kind)
    {
        var of = FileKinds.Of(kind);
        return $"The file’s name ends in {of.Endings[0]}, but it is not a {of.InWords}. Save it as {of.Endings[0][1..]} or as PDF, then upload it again";
    }
}
