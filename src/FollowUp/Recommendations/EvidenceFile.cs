namespace FollowUp.Recommendations;

/// <summary>What a file of evidence is, found from its content.</summary>
public enum EvidenceKind
{
    Pdf,
    Word,
    Excel,
    PowerPoint,
    Png,
    Jpeg,
    Csv,
    Text,
}

/// <summary>A file that came with a report, as the record keeps it: the digest says which bytes it was.</summary>
/// <param name="Id">The file's random id: 32 hexadecimal digits.</param>
/// <param name="Name">The name that the organisation gave it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">In hexadecimal digits.</param>
public sealed record EvidenceFile(string Id, string Name, EvidenceKind Kind, int Size, string Sha256);
