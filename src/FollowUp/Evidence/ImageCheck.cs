using System.Buffers.Binary;

namespace FollowUp.Evidence;

/// <summary>Whether bytes are one image from the first to the last.</summary>
internal static class ImageCheck
{
    private const string More = "The image has something else in it. Open it, save it again as PNG or JPEG, then upload that";

    public static string? PngFault(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(PngSignature))
        {
            return Not("PNG");
        }

        var at = PngSignature.Length;
        for (var first = true; ; first = false)
        {
            if (bytes.Length - at < 12 || BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) is var length && length > bytes.Length - at - 12)
            {
                return Damaged;
            }

            var type = bytes.Slice(at + 4, 4);
            if (first && !type.SequenceEqual("IHDR"u8))
            {
                return Damaged;
            }

            at += 12 + (int)length;
            if (type.SequenceEqual("IEND"u8))
            {
                return at == bytes.Length && !HasMore(bytes) ? null : More;
            }
        }
    }

    public static string? JpegFault(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(JpegStart))
        {
            return Not("JPEG");
        }

        // A first segment of 0x2F2A bytes makes the beginning of a comment in a script; no camera writes one
        if (bytes.Length > 6 && bytes[4] == '/' && bytes[5] == '*')
        {
            return More;
        }

        // Segments up to the picture itself; phones put thumbnails and films behind it, so the end may be anywhere
        for (var at = 2; ;)
        {
            if (bytes.Length - at < 4 || bytes[at] != 0xFF)
            {
                return Damaged;
            }

            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (at > bytes.Length)
            {
                return Damaged;
            }

            if (marker == StartOfScan)
            {
                return bytes[at..].LastIndexOf(JpegEnd) < 0 ? Damaged : HasMore(bytes) ? More : null;
            }
        }
    }

    private const byte StartOfScan = 0xDA;
    private const string Damaged = "The image is damaged. Open it, save it again as PNG or JPEG, then upload that";

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    private static bool HasMore(ReadOnlySpan<byte> bytes) => ZipEnd.Find(bytes) is not null || bytes.IndexOf("%PDF-"u8) >= 0 || Markup.IsIn(bytes);

    private static string Not(string kind) => $"The file’s name is that of a {kind} image, but it is not a {kind} image. Open it, save it as {kind}, then upload that";
}
