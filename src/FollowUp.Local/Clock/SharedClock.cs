using System.IO.MemoryMappedFiles;
using FollowUp.Time;

namespace FollowUp.Local.Clock;

/// <summary>
/// The movable clock, shared by two processes through a mapped file: this one moves it, the service reads it.
/// It runs with real time from where it was put, stands still while a move is played, and never goes back.
/// The file keeps its last position, so that a later run goes on from there.
/// </summary>
internal sealed class SharedClock : IClock, IDisposable
{
    private const int StandingAt = 0, Offset = 8, Last = 16, Size = 24;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private SharedClock(string path)
    {
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        stream.SetLength(Size);
        _file = MemoryMappedFile.CreateFromFile(stream, null, Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Size);
    }

    public DateTimeOffset UtcNow
    {
        get
        {
            var standing = _view.ReadInt64(StandingAt);
            return standing != 0
                ? new DateTimeOffset(standing, TimeSpan.Zero)
                : RealNow.AddTicks(_view.ReadInt64(Offset));
        }
    }

    private static DateTimeOffset RealNow => TimeProvider.System.GetUtcNow();

    /// <summary>The clock as another process set it.</summary>
    public static SharedClock Read(string path) => new(path);

    /// <summary>The clock going on from its last position, or from the start if it has none.</summary>
    public static SharedClock Start(string path, DateTimeOffset start)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var clock = new SharedClock(path);
        var last = Math.Max(clock._view.ReadInt64(Last), clock._view.ReadInt64(StandingAt));
        clock.StandAt(last == 0 ? start.ToUniversalTime() : new DateTimeOffset(last, TimeSpan.Zero));
        return clock;
    }

    /// <summary>The clock as real time has it, wherever it stood before.</summary>
    public static SharedClock RealTime(string path)
    {
        File.Delete(path);
        var clock = Start(path, RealNow);
        clock.Run();
        return clock;
    }

    /// <summary>Puts the clock at a moment, where it stands until <see cref="Run"/>.</summary>
    public void StandAt(DateTimeOffset moment)
    {
        _view.Write(StandingAt, moment.UtcTicks);
        Save();
    }

    /// <summary>Lets time pass from where the clock stands.</summary>
    public void Run()
    {
        var standing = _view.ReadInt64(StandingAt);
        if (standing == 0)
            return;

        _view.Write(Offset, standing - RealNow.UtcTicks);
        Thread.MemoryBarrier();
        _view.Write(StandingAt, 0L);
    }

    public void Save() => _view.Write(Last, Math.Max(UtcNow.UtcTicks, _view.ReadInt64(Last)));

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
