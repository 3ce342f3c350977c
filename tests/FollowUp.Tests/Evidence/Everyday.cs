using System.Buffers.Binary;
using System.Text;
using static FollowUp.Tests.Evidence.Files;

namespace FollowUp.Tests.Evidence;

/// <summary>Files as the programs write them that people use every day.</summary>
internal static class Everyday
{
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>A document of Word on Windows that was made from a template.</summary>
    public static byte[] FromTemplate(string template) => OfWord("settings", "attachedTemplate", template);

    /// <summary>A document of Word in which a part stands elsewhere.</summary>
    public static byte[] OfWord(string part, string relation, string target) => Zip(
    [
        ("[Content_Types].xml", Xml($"""
            <Types xmlns="{Types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/word/document.xml" ContentType="{Word}"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
            <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
            """)),
        ("_rels/.rels", Related(("officeDocument", "word/document.xml", false))),
        ("word/document.xml", Xml("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Report</w:t></w:r></w:p></w:body></w:document>")),
        ("word/_rels/document.xml.rels", Related(("settings", "settings.xml", false), ("hyperlink", "https://www.gov.uk/", true))),
        ("word/settings.xml", Xml("<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>")),
        ($"word/_rels/{part}.xml.rels", Related((relation, target, true))),
        ("docProps/core.xml", Xml("<coreProperties/>")),
    ]);

    /// <summary>A document as Google Docs gives it to download: no properties, and the list of parts last.</summary>
    public static byte[] OfGoogleDocs { get; } = Zip(
    [
        ("word/numbering.xml", Xml("<numbering/>")),
        ("word/settings.xml", Xml("<settings/>")),
        ("word/fontTable.xml", Xml("<fonts/>")),
        ("word/styles.xml", Xml("<styles/>")),
        ("word/document.xml", Xml("<document/>")),
        ("word/_rels/document.xml.rels", Related(("hyperlink", "https://docs.google.com/document/d/1/edit", true), ("image", "media/image1.png", false))),
        ("word/media/image1.png", Png),
        ("_rels/.rels", Related(("officeDocument", "word/document.xml", false))),
        ("[Content_Types].xml", Xml($"""<Types xmlns="{Types}"><Default ContentType="application/xml" Extension="xml"/><Default ContentType="image/png" Extension="png"/><Override ContentType="{Word}" PartName="/word/document.xml"/></Types>""")),
    ]);

    /// <summary>A presentation as LibreOffice writes it, with folders in its zip and a picture linked on the writer's computer.</summary>
    public static byte[] OfLibreOffice { get; } = Zip(
    [
        ("_rels/.rels", Related(("officeDocument", "ppt/presentation.xml", false))),
        ("docProps/app.xml", Xml("<Properties><Application>LibreOffice/7.4.7.2$Linux_X86_64</Application></Properties>")),
        ("ppt/", []),
        ("ppt/presentation.xml", Xml("<presentation/>")),
        ("ppt/slides/_rels/slide1.xml.rels", Related(("image", "file:///home/ann/Pictures/team.png", true), ("video", "https://video.example/embed/1", true))),
        ("[Content_Types].xml", Xml($"""<Types xmlns="{Types}"><Override PartName="/ppt/presentation.xml" ContentType="{PowerPoint}"/></Types>""")),
    ]);

    /// <summary>A workbook as Apache POI streams it: its zip in the wide form (Zip64), however small it is.</summary>
    /// <param name="isPlainToo">Whether the end record repeats the figures; otherwise it points to the wide one.</param>
    public static byte[] OfPoi(bool isPlainToo, int lead = 0) => Wide(Files.Office(Excel, ("xl/workbook.xml", Xml("<workbook/>"))), isPlainToo, lead);

    /// <summary>A PDF that is encrypted, as whoever sets a password for opening or forbids printing makes it.</summary>
    public static byte[] Encrypted(string trailer = "/Encrypt 3 0 R", string root = "") => Text(Encoding.UTF8.GetString(
        Pdf($"3 0 obj\n<</Filter/Standard/V 1/R 2/O<{new string('a', 64)}>/U<{new string('b', 64)}>/P -44>>\nendobj{root}")).Replace("/Root 1 0 R", "/Root 1 0 R/ID[<00><00>]" + trailer, StringComparison.Ordinal));

    private static byte[] Related(params IEnumerable<(string Type, string Target, bool IsExternal)> parts) => Xml(
        $"""<Relationships xmlns="{Relations}">{string.Concat(parts.Select((part, i) => $"""<Relationship Id="rId{i + 1}" Type="{Office}/{part.Type}" Target="{part.Target}"{(part.IsExternal ? " TargetMode=\"External\"" : "")}/>"""))}</Relationships>""");

    private static byte[] Xml(string text) => Text("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + text);

    private static byte[] Wide(byte[] zip, bool isPlainToo, int lead)
    {
        var end = zip.AsSpan().LastIndexOf("PK\x05\x06"u8);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10));
        var listAt = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16));
        using var wide = new MemoryStream();
        using var to = new BinaryWriter(wide);
        to.Write(zip.AsSpan(0, listAt));
        for (var at = listAt; at < end;)
        {
            var entry = zip.AsSpan(at, 46).ToArray();
            int name = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(28)), extra = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(30));
            var (packed, unpacked, start) = (BitConverter.ToUInt32(entry, 20), BitConverter.ToUInt32(entry, 24), BitConverter.ToUInt32(entry, 42));
            BitConverter.TryWriteBytes(entry.AsSpan(6), (ushort)45);
            entry.AsSpan(20, 8).Fill(0xFF);
            entry.AsSpan(42, 4).Fill(0xFF);
            BitConverter.TryWriteBytes(entry.AsSpan(30), (ushort)28);
            to.Write(entry);
            to.Write(zip.AsSpan(at + 46, name));
            to.Write((ushort)1);
            to.Write((ushort)24);
            to.Write((long)unpacked);
            to.Write((long)packed);
            to.Write((long)start);
            at += 46 + name + extra;
        }

        var (recordAt, size) = (wide.Length, wide.Length - listAt);
        to.Write("PK\x06\x06"u8);
        to.Write(44L);
        to.Write((ushort)45);
        to.Write((ushort)45);
        to.Write(0L);
        to.Write((long)entries);
        to.Write((long)entries);
        to.Write(size);
        to.Write((long)listAt);
        to.Write("PK\x06\x07"u8);
        to.Write(0);
        to.Write(recordAt + lead);
        to.Write(1);
        to.Write("PK\x05\x06"u8);
        to.Write(0);
        to.Write(isPlainToo ? entries : ushort.MaxValue);
        to.Write(isPlainToo ? entries : ushort.MaxValue);
        to.Write(isPlainToo ? (uint)size : uint.MaxValue);
        to.Write(isPlainToo ? (uint)listAt : uint.MaxValue);
        to.Write((ushort)0);
        return wide.ToArray();
    }
}
