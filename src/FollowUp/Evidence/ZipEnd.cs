using System.Buffers.Binary;

namespace FollowUp.Evidence;

/// <summary>The end record of a zip file, by which a reader finds what is in it.</summary>
/// <param name="Entries">How many files it promises.</param>
/// <param name="IsWhole">Whether the list of files is where the records say, they follow it at once, and nothing follows them.</param>
internal readonly record struct ZipEnd(long Entries, bool IsWhole)
{
    private const int Length = 22;
    private const int LongestComment = 65_535;
    private const int WideLength = 56;
    private const int LocatorLength = 20;

    /// <summary>Finds the last end record with a list of files before it, as unpackers do: whatever stands around it.</summary>
    public static ZipEnd? Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.Length - Length; at >= 0 && at >= bytes.Length - Length - LongestComment; at--)
        {
            if (bytes[at] == 'P' && bytes[at..].StartsWith("PK\x05\x06"u8) && (ReadWide(bytes, at) ?? Read(bytes, at)) is { } end)
            {
                return end;
            }
        }

        return null;
    }

    private static ZipEnd? Read(ReadOnlySpan<byte> bytes, int at)
    {
        var list = Plain(bytes.Slice(at, Length));
        return Follows(bytes, list, at) ? new ZipEnd(list.Entries, list.At + list.Size == at && at + Length == bytes.Length) : null;
    }

    /// <summary>
    /// Reads the wider records (Zip64) that stand before the end record in what Apache POI and others write, however small it is.
    /// The end record then repeats their figures, or says by its highest values that they stand there.
    /// </summary>
    private static ZipEnd? ReadWide(ReadOnlySpan<byte> bytes, int at)
    {
        var locatorAt = at - LocatorLength;
        var wideAt = locatorAt - WideLength;
        if (wideAt < 0 || !bytes[locatorAt..].StartsWith("PK\x06\x07"u8) || !bytes[wideAt..].StartsWith("PK\x06\x06"u8))
        {
            return null;
        }

        var wide = bytes.Slice(wideAt, WideLength);
        var list = new List(Long(wide[32..]), Long(wide[48..]), Long(wide[40..]));
        var plain = Plain(bytes.Slice(at, Length));
        var isAgreed = (plain.Entries == list.Entries || plain.Entries == ushort.MaxValue)
            && (plain.At == list.At || plain.At == uint.MaxValue)
            && (plain.Size == list.Size || plain.Size == uint.MaxValue);
        var isInPlace = Long(wide[4..]) == WideLength - 12 && Long(bytes[(locatorAt + 8)..]) == wideAt;
        return Follows(bytes, list, wideAt) ? new ZipEnd(list.Entries, isAgreed && isInPlace && list.At + list.Size == wideAt && at + Length == bytes.Length) : null;
    }

    /// <summary>Whether a list of this length stands directly before a place.</summary>
    private static bool Follows(ReadOnlySpan<byte> bytes, List list, int at) =>
        list.Size >= 0 && list.Size <= at && bytes[(int)(at - list.Size)..].StartsWith("PK\x01\x02"u8);

    private static List Plain(ReadOnlySpan<byte> record) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
        BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
        BinaryPrimitives.ReadUInt32LittleEndian(record[12..]));

    private static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    /// <summary>What a record says of the list of files.</summary>
    private readonly record struct List(long Entries, long At, long Size);
}
