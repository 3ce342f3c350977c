using System.IO.Compression;
using System.Text;

namespace FollowUp.Tests.Evidence;

/// <summary>Files that are taken, and the ways in which people spoil them.</summary>
internal static class Files
{
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    public const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    public const string PowerPoint = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

    /// <summary>The text that every scanner takes for a virus, put together here so that none takes this file for one.</summary>
    public static byte[] Eicar => Text(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    public static byte[] Jpeg { get; } =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0xD2, 0xCF, 0x20, 0xFF, 0xD9];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Pdf(string objects = "", string after = "\n") => Text(
        $"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n{objects}\ntrailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF{after}");

    /// <summary>A PDF with a stream.</summary>
    public static byte[] PdfWith(string dictionary, byte[] stream)
    {
        var frame = Encoding.Latin1.GetString(stream);
        return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Pdf()).Replace("\ntrailer", $"3 0 obj\n<<{dictionary}/Length {stream.Length}>>\nstream\r\n{frame}\nendstream\nendobj\ntrailer", StringComparison.Ordinal));
    }

    public static byte[] Deflated(string text) => Deflated(Text(text));

    public static byte[] Deflated(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>An Office document of a main part's type, with further parts.</summary>
    public static byte[] Office(string type, params IEnumerable<(string Name, byte[] Content)> more) => Zip(
    [
        ("[Content_Types].xml", Text($"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="{type}"/></Types>""")),
        ("_rels/.rels", Text("""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="main.xml"/></Relationships>""")),
        ("main.xml", Text("<document/>")),
        .. more,
    ]);

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>The same document with other sizes in its zip's headers, as bombs have that lie about themselves.</summary>
    public static byte[] Understated(byte[] zip)
    {
        var lied = (byte[])zip.Clone();
        for (var at = 0; at < lied.Length - 46; at++)
        {
            if (lied.AsSpan(at).StartsWith("PK\x01\x02"u8))
                BitConverter.TryWriteBytes(lied.AsSpan(at + 24), 10);
            else if (lied.AsSpan(at).StartsWith("PK\x03\x04"u8))
                BitConverter.TryWriteBytes(lied.AsSpan(at + 22), 10);
        }

        return lied;
    }
}
