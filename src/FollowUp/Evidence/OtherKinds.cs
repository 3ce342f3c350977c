namespace FollowUp.Evidence;

/// <summary>What to do with files of kinds that are not taken.</summary>
internal static class OtherKinds
{
    /// <summary>The advice for a file with this ending; null when there is none but to send another kind.</summary>
    public static string? Advice(string ending) => ending.ToLowerInvariant() switch
    {
        ".doc" or ".dot" or ".dotx" or ".rtf" or ".odt" or ".ott" or ".wps" => "Save the file as a Word document (docx) or as PDF, then upload it again",
        ".xls" or ".xlt" or ".xltx" or ".xlsb" or ".ods" => "Save the file as an Excel workbook (xlsx) or as PDF, then upload it again",
        ".ppt" or ".pps" or ".ppsx" or ".pot" or ".potx" or ".odp" => "Save the file as a PowerPoint presentation (pptx) or as PDF, then upload it again",
        ".docm" or ".dotm" or ".xlsm" or ".xltm" or ".pptm" or ".potm" or ".ppsm" => "The file may contain macros. Save it without macros (docx, xlsx or pptx), then upload it again",
        ".gif" or ".bmp" or ".tif" or ".tiff" or ".webp" or ".heic" or ".heif" or ".avif" or ".svg" => "Save the image as PNG or JPEG, then upload it again",
        ".msg" or ".eml" => "Open the email, save it as a PDF and upload that. Upload what is attached to it by itself",
        ".pages" or ".numbers" or ".key" => "Open the file, export it as a PDF and upload that",
        ".gdoc" or ".gsheet" or ".gslides" => "The file only says where a document is. Open it, download the document as a PDF and upload that",
        ".xps" or ".oxps" or ".pub" or ".vsd" or ".vsdx" or ".mpp" or ".one" or ".odg" or ".wpd" => "Save it as a PDF and upload that",
        ".tsv" or ".tab" => "Save the file as CSV or as an Excel workbook (xlsx), then upload it again",
        ".zip" or ".7z" or ".rar" or ".tar" or ".gz" or ".tgz" => "Unpack the file and upload what is in it, one file at a time",
        _ => null,
    };
}
