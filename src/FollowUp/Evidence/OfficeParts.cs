using System.Xml;
using FollowUp.Recommendations;

namespace FollowUp.Evidence;

/// <summary>What an Office document says that it is made of.</summary>
internal sealed record OfficeParts(EvidenceKind? Kind, bool HasMacros)
{
    /// <summary>The part that lists the others.</summary>
    public const string List = "[Content_Types].xml";

    private const string Relations = ".rels";
    private static readonly string[] MacroTypes = ["macroEnabled", "vbaProject", "vbaData", "activeX", "macrosheet", "intlmacrosheet", "keyMapCustomizations", "attachedToolbars", "oleObject"];
    private static readonly string[] ProgramEndings = [".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".msi", ".jar", ".lnk", ".docm", ".xlsm", ".pptm", ".xlam", ".xlsb"];
    private static readonly string[] Fetched = ["/attachedTemplate", "/image", "/oleObject", "/frame", "/subDocument", "/package", "/aFChunk"];
    private static readonly string[] Played = ["/audio", "/video", "/media"];
    private static readonly XmlReaderSettings Careful = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 4_000_000 };

    /// <summary>Whether a part is a program, or can hold one, by its name.</summary>
    public static bool IsProgram(string name) =>
        name.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)
        || name.Contains("vbaData", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) && !IsDocument(name) && !name.EndsWith('/')
        || ProgramEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a part is another document.</summary>
    public static bool IsDocument(string name) => FileKinds.ByEnding(name) is { Kind: EvidenceKind.Word or EvidenceKind.Excel or EvidenceKind.PowerPoint };

    /// <summary>Whether a part must be read to know what the document does.</summary>
    public static bool IsRead(string name) => name == List || IsDocument(name) || name.EndsWith(Relations, StringComparison.OrdinalIgnoreCase) || IsExternalLink(name);

    /// <summary>Whether a part makes Office fetch something from another place, or start a program there.</summary>
    public static bool FetchesFromElsewhere(string name, byte[] part)
    {
        if (!name.EndsWith(Relations, StringComparison.OrdinalIgnoreCase) && !IsExternalLink(name))
        {
            return false;
        }

        using var reader = XmlReader.Create(new MemoryStream(part), Careful);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && (reader.LocalName == "ddeLink" || reader.LocalName == "Relationship" && IsFetched(reader)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a part stands elsewhere and is fetched from there without a word. A film of the web is fetched only when somebody
    /// plays it; one on a server's share at once.
    /// </summary>
    private static bool IsFetched(XmlReader relationship)
    {
        var type = relationship.GetAttribute("Type")?.Trim() ?? "";
        var target = relationship.GetAttribute("Target") ?? "";
        return relationship.GetAttribute("TargetMode")?.Trim() == "External"
            && OfficeTarget.IsElsewhere(target)
            && (IsOne(Fetched) || IsOne(Played) && !OfficeTarget.IsWeb(target));

        bool IsOne(string[] types) => types.Any(known => type.EndsWith(known, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads the list of parts.</summary>
    public static OfficeParts Read(byte[] list)
    {
        var types = new List<string>();
        using var reader = XmlReader.Create(new MemoryStream(list), Careful);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.GetAttribute("ContentType") is { } type)
            {
                types.Add(type);
            }
        }

        var hasMacros = types.Exists(type => MacroTypes.Any(macro => type.Contains(macro, StringComparison.OrdinalIgnoreCase)));
        var kinds = FileKinds.All.Where(kind => types.Contains(kind.MediaType + ".main+xml")).ToList();
        return new OfficeParts(kinds is [var only] ? only.Kind : null, hasMacros);
    }

    private static bool IsExternalLink(string name) =>
        name.Contains("/externalLinks/", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);
}
