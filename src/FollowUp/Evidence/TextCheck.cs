using System.Text;

namespace FollowUp.Evidence;

/// <summary>Whether bytes are text that people can read: UTF-8, UTF-16 with its mark, or Windows' western European letters.</summary>
internal static class TextCheck
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    public static string? Fault(byte[] content) =>
        Read(content) is null ? "The file’s name ends in .txt, but it is not plain text. Save it as plain text (UTF-8), then upload it again" : null;

    public static string? CsvFault(byte[] content) => Read(content) switch
    {
        null => "The file’s name ends in .csv, but it is not text. Save it as CSV (UTF-8), then upload it again",
        var text when CsvFormulas.AreIn(text) => "The CSV has cells that a spreadsheet would run as formulas (they begin with =, @, + or -). Save it as an Excel workbook (xlsx), or replace the formulas by their values, then upload it again",
        _ => null,
    };

    private static string? Read(byte[] content)
    {
        try
        {
            var text = content switch
            {
                [0xFF, 0xFE, ..] => Utf16.GetString(content),
                [0xFE, 0xFF, ..] => Utf16BigEndian.GetString(content),
                _ => Utf8.GetString(content),
            };
            return IsReadable(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            // The letters of Windows-1252 stand where they stand in Latin-1, but for 0x80 to 0x9F, where five are no letters
            var text = Encoding.Latin1.GetString(content);
            return IsReadable(text.Where(c => c is < '\x80' or > '\x9F')) && !text.Any(c => c is '\x81' or '\x8D' or '\x8F' or '\x90' or '\x9D') ? text : null;
        }
    }

    private static bool IsReadable(IEnumerable<char> text) => !text.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f'));
}
