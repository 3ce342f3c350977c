using System.IO.Compression;
using FollowUp.Local.Mail;

namespace FollowUp.Local.Scan;

/// <summary>
/// A small scanner that knows one sign: the text of the European Institute for Computer Antivirus Research, which every
/// scanner takes for a virus. It looks into zip files too, as Office documents are.
/// </summary>
internal static class ScanEndpoints
{
    // In two parts, so that no scanner takes this program for one
    private static readonly byte[] Sign = [.. @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-"u8, .. "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"u8];

    public static void MapScan(this WebApplication app, Faults faults) => app.MapPost("/scan", async (HttpContext context) =>
    {
        if (!faults.Scans)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        return Results.Json(new { clean = !IsMalicious(content.ToArray()) });
    });

    private static bool IsMalicious(byte[] content)
    {
        if (content.AsSpan().IndexOf(Sign) >= 0)
            return true;
        if (!content.AsSpan().StartsWith("PK\x03\x04"u8))
            return false;
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content));
            return zip.Entries.Any(entry => IsMalicious(Unpack(entry)));
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static byte[] Unpack(ZipArchiveEntry entry)
    {
        using var unpacked = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
