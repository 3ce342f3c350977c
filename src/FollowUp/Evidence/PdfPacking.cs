using System.IO.Compression;

namespace FollowUp.Evidence;

/// <summary>How a stream of a PDF is packed, by the names before it.</summary>
/// <param name="HoldsObjects">Objects are packed into it.</param>
/// <param name="HasFilter">It is packed with something.</param>
/// <param name="Deflates">How often it is deflated.</param>
/// <param name="IsStrange">It is packed with something else, too.</param>
internal readonly record struct PdfPacking(bool HoldsObjects, bool HasFilter, int Deflates, bool IsStrange)
{
    private static ReadOnlySpan<byte> Spaces => " \t\r\n\0\f"u8;

    public PdfPacking With(string name) => name switch
    {
        "ObjStm" => this with { HoldsObjects = true },
        "Filter" => this with { HasFilter = true },
        "FlateDecode" or "Fl" => this with { Deflates = Deflates + 1 },
        "Predictor" or "Crypt" => this with { IsStrange = true },
        { Length: > 6 } when name.EndsWith("Decode", StringComparison.Ordinal) => this with { IsStrange = true },
        _ => this,
    };

    /// <summary>Unpacks objects; null when that cannot be done, or what comes out are no objects. No writer of PDFs packs them otherwise than plainly or deflated.</summary>
    /// <param name="content">The PDF.</param>
    /// <param name="start">Where the stream begins.</param>
    /// <param name="end">Where it ends if it is plain.</param>
    /// <param name="budget">How much may still be unpacked; below zero when it was more.</param>
    public byte[]? Unpack(byte[] content, int start, int end, ref int budget)
    {
        ReadOnlySpan<byte> bytes = content;
        while (start < end && Spaces.Contains(bytes[start]))
        {
            start++;
        }

        var objects = this switch
        {
            { IsStrange: true } => null,
            { HasFilter: false, Deflates: 0 } => Take(content, start, end, ref budget),
            { Deflates: 1 } => Inflate(content, start, ref budget),
            _ => null,
        };
        return objects is not null && BeginsWithNumbers(objects) ? objects : null;
    }

    /// <summary>Takes what is not packed at all. It counts as unpacked too, as the same bytes can be named many times over.</summary>
    private static byte[]? Take(byte[] content, int start, int end, ref int budget)
    {
        budget -= end - start;
        return budget < 0 ? null : content[start..end];
    }

    /// <summary>Unpacks what begins here up to its own end, which need not be where the word "endstream" stands first.</summary>
    private static byte[]? Inflate(byte[] content, int start, ref int budget)
    {
        if (content.Length - start < 2 || (content[start] & 0x0F) != 8 || (content[start + 1] & 0x20) != 0 || (content[start] << 8 | content[start + 1]) % 31 != 0)
        {
            return null;
        }

        using var unpacked = new MemoryStream();
        try
        {
            using var inflate = new DeflateStream(new MemoryStream(content, start + 2, content.Length - start - 2), CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            for (var read = inflate.Read(buffer); read > 0 && budget >= 0; read = inflate.Read(buffer))
            {
                unpacked.Write(buffer, 0, read);
                budget -= read;
            }
        }
        catch (InvalidDataException)
        {
            // Some readers make do with what comes before the fault, so that nobody can say what is in it
            return null;
        }

        return unpacked.ToArray();
    }

    /// <summary>Whether something begins with two numbers, as packed objects do: the first one's number and place. Empty is as good.</summary>
    private static bool BeginsWithNumbers(ReadOnlySpan<byte> objects)
    {
        var rest = objects.TrimStart(Spaces);
        var first = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return rest.IsEmpty || first > 0 && Spaces.Contains(rest[first]) && rest[first..].TrimStart(Spaces) is [>= (byte)'0' and <= (byte)'9', ..];
    }
}
