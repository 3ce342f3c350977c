using System.Buffers.Binary;

namespace FollowUp.Evidence;

/// <summary>The end record of a zip file, by which a reader finds what is in it.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Entries">How many files it promises.</param>
/// <param name="DirectoryAt">Where the list of them begins, as it says.</param>
/// <param name="DirectorySize">How long the list is.</param>
/// <param name="CommentLength">How much follows after it.</param>
internal readonly record struct ZipEnd(int At, int Entries, uint DirectoryAt, uint DirectorySize, int CommentLength)
{
    private const int Length = 22;
    private const int LongestComment = 65_535;

    /// <summary>Finds the last end record with a list of files before it, as unpackers do: whatever stands around it.</summary>
    public static ZipEnd? Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.Length - Length; at >= 0 && at >= bytes.Length - Length - LongestComment; at--)
        {
            if (bytes[at] == 'P' && bytes[at..].StartsWith("PK\x05\x06"u8) && Read(bytes, at) is { } end)
            {
                return end;
            }
        }

        return null;
    }

    private static ZipEnd? Read(ReadOnlySpan<byte> bytes, int at)
    {
        var record = bytes.Slice(at, Length);
        var end = new ZipEnd(
            at,
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[20..]));
        var list = at - (long)end.DirectorySize;
        return list >= 0 && bytes[(int)list..].StartsWith("PK\x01\x02"u8) ? end : null;
    }
}
