using FollowUp.Recommendations;

namespace FollowUp.Evidence;

/// <summary>
/// Whether a file may be taken: a name that can be shown, a kind that is taken, and content that is that kind and
/// nothing beside it. Viruses are the scanner's business.
/// </summary>
internal static class FileCheck
{
    public const int MostBytes = 10 * 1024 * 1024;
    public const string MostInWords = "10 MB";
    public const int MostFiles = 20;
    private const string Field = "file";

    /// <param name="name">The name as the browser sent it.</param>
    /// <param name="content">The bytes, or of a file that is too large the beginning of them.</param>
    /// <param name="length">How many bytes were sent.</param>
    public static Outcome<EvidenceKind> Check(string name, byte[] content, long length)
    {
        if (FileNames.Problem(name) is { } badName)
        {
            return Refusal.Invalid(Field, badName);
        }

        if (FileKinds.ByEnding(name) is not { } kind)
        {
            return Refusal.Invalid(Field, OtherKinds.Advice(Path.GetExtension(name)) ?? $"The file must be a {FileKinds.InWords}");
        }

        if (length > MostBytes)
        {
            return Refusal.Invalid(Field, $"The file must be {MostInWords} or smaller");
        }

        if (length == 0)
        {
            return Refusal.Invalid(Field, "The file is empty");
        }

        return Fault(kind.Kind, content) is { } fault ? Refusal.Invalid(Field, fault) : kind.Kind;
    }

    private static string? Fault(EvidenceKind kind, byte[] content) => kind switch
    {
        EvidenceKind.Pdf => PdfCheck.Fault(content),
        EvidenceKind.Word or EvidenceKind.Excel or EvidenceKind.PowerPoint => OfficeCheck.Fault(kind, content),
        EvidenceKind.Png => ImageCheck.PngFault(content),
        EvidenceKind.Jpeg => ImageCheck.JpegFault(content),
        EvidenceKind.Csv => TextCheck.CsvFault(content),
        EvidenceKind.Text => TextCheck.Fault(content),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
