namespace FollowUp.Evidence;

/// <summary>
/// What a PDF does or hides, as far as its names show it: those outside streams, and those in streams that objects are packed
/// into. It looks into more than a reader would, and skips only what no reader could take for an object.
/// </summary>
internal sealed class PdfWalk
{
    private const int MostUnpacked = 50 * 1024 * 1024;
    private static ReadOnlySpan<byte> Spaces => " \t\r\n\0\f"u8;

    private readonly byte[] _content;
    private int _budget = MostUnpacked;
    private int _endOfStream = -1;
    private int _object = -1;
    private PdfPacking _packing;

    private PdfWalk(byte[] content) => _content = content;

    /// <summary>It has scripts, starts programs or brings files along.</summary>
    public bool Acts { get; private set; }

    /// <summary>It is encrypted, be it with the empty password that only forbids printing or changes.</summary>
    public bool IsProtected { get; private set; }

    /// <summary>A stream has no end.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Objects are packed in a way that is not understood here.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Its packed objects unpack to more than is looked at.</summary>
    public bool IsTooMuch => _budget < 0;

    public static PdfWalk Through(byte[] content)
    {
        var walk = new PdfWalk(content);
        walk.Run();
        return walk;
    }

    private void Run()
    {
        ReadOnlySpan<byte> bytes = _content;
        for (var i = 0; i < bytes.Length && !IsCut; i++)
        {
            if (bytes[i] == '/')
            {
                Hear(bytes[(i + 1)..]);
            }
            else if (bytes[i] == 's' && bytes[i..].StartsWith("stream"u8) && !bytes[..i].EndsWith("end"u8))
            {
                i = Pass(i);
            }
        }
    }

    /// <summary>Passes the word "stream".</summary>
    /// <returns>Where to go on: behind the stream if it can be skipped, otherwise where it was.</returns>
    private int Pass(int at)
    {
        ReadOnlySpan<byte> bytes = _content;
        var isStream = bytes[..at].TrimEnd(Spaces).EndsWith(">>"u8);
        if (!isStream && !_packing.HoldsObjects)
        {
            return at;
        }

        var start = at + 6;
        _endOfStream = _endOfStream >= start ? _endOfStream : Next(start, "endstream"u8);
        if (_endOfStream == bytes.Length)
        {
            IsCut = true;
            return at;
        }

        if (_packing.HoldsObjects && !Acts && !IsUnreadable && !IsTooMuch)
        {
            LookInto(start);
        }

        _packing = default;
        _object = _object >= start ? _object : NextObject(start);
        return isStream && _object > _endOfStream ? _endOfStream : at;
    }

    /// <summary>Takes notice of a name outside streams.</summary>
    private void Hear(ReadOnlySpan<byte> bytes)
    {
        var name = PdfNames.Read(bytes, out var length);
        Acts |= PdfNames.IsActive(name);
        IsProtected |= name == "Encrypt" && bytes[length..].TrimStart(Spaces) is [(>= (byte)'0' and <= (byte)'9') or (byte)'<' or (byte)'%', ..];
        _packing = _packing.With(name);
    }

    /// <summary>Takes notice of the names in a stream that objects are packed into. Such objects hold no streams.</summary>
    private void LookInto(int start)
    {
        if (_packing.Unpack(_content, start, _endOfStream, ref _budget) is not { } objects)
        {
            IsUnreadable = true;
            return;
        }

        for (var i = 0; i < objects.Length && !Acts; i++)
        {
            Acts = objects[i] == '/' && PdfNames.IsActive(PdfNames.Read(objects.AsSpan(i + 1), out _));
        }
    }

    private int Next(int from, ReadOnlySpan<byte> word) => _content.AsSpan(from).IndexOf(word) is >= 0 and var at ? from + at : _content.Length;

    /// <summary>Where an object begins next: the word "obj" after a number. A stream that has one in it is not skipped, as the word "stream" before it may be a comment's.</summary>
    private int NextObject(int from)
    {
        for (var at = Next(from, "obj"u8); at < _content.Length; at = Next(at + 3, "obj"u8))
        {
            if (_content[at - 1] is >= (byte)'0' and <= (byte)'9' || Spaces.Contains(_content[at - 1]))
            {
                return at;
            }
        }

        return _content.Length;
    }
}
