using FollowUp.Recommendations;

namespace FollowUp.Evidence;

/// <summary>A kind of file that is taken: its name for people, its media type, and the endings that its name may have.</summary>
internal sealed record FileKind(EvidenceKind Kind, string InWords, string MediaType, params IReadOnlyList<string> Endings);

/// <summary>Every kind of file that is taken; what is not here is refused.</summary>
internal static class FileKinds
{
    /// <summary>How they are named on pages and in refusals.</summary>
    public const string InWords = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), PNG, JPEG, CSV or plain text";

    public static IReadOnlyList<FileKind> All { get; } =
    [
        new(EvidenceKind.Pdf, "PDF", "application/pdf", ".pdf"),
        new(EvidenceKind.Word, "Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        new(EvidenceKind.Excel, "Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        new(EvidenceKind.PowerPoint, "PowerPoint presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
        new(EvidenceKind.Png, "PNG image", "image/png", ".png"),
        new(EvidenceKind.Jpeg, "JPEG image", "image/jpeg", ".jpg", ".jpeg", ".jfif"),
        new(EvidenceKind.Csv, "CSV", "text/csv", ".csv"),
        new(EvidenceKind.Text, "plain text", "text/plain", ".txt"),
    ];

    /// <summary>What the file dialogue of a browser offers first.</summary>
    public static string Accept { get; } = string.Join(',', All.SelectMany(k => k.Endings));

    public static FileKind Of(EvidenceKind kind) => All.First(k => k.Kind == kind);

    public static FileKind? ByEnding(string name) => All.FirstOrDefault(k => k.Endings.Contains(Path.GetExtension(name).ToLowerInvariant()));
}
