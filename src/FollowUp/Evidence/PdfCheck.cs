namespace FollowUp.Evidence;

/// <summary>Whether bytes are a PDF from the first to the last, without protection, scripts, programs or other files in it.</summary>
internal static class PdfCheck
{
    private const string NotOne = "The file’s name ends in .pdf, but it is not a PDF. Save it as PDF, then upload it again";
    private const string More = "The file is a PDF with something else in it. Print it to PDF again, then upload that";

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

        return PdfWalk.Through(content) switch
        {
            { IsProtected: true } => "The PDF is protected by a password, or against printing or changes, so that it cannot be checked. Save it as a PDF without protection and upload that",
            { IsCut: true } => "The PDF is damaged: a part of it has no end. Save it as PDF again, then upload it",
            { Acts: true } => "The PDF contains scripts, programs or other files. Print it to PDF again, then upload that",
            { IsTooMuch: true } => "The PDF unpacks to more than can be checked. Print it to PDF again, then upload that",
            { IsUnreadable: true } => "Parts of the PDF cannot be checked. Print it to PDF again, then upload that",
            _ => null,
        };
    }
}
