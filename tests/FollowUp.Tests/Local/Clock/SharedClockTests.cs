using FollowUp.Local.Clock;

namespace FollowUp.Tests.Local.Clock;

public sealed class SharedClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2017, 8, 31, 8, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("followup-");

    private string Position => Path.Combine(_folder.FullName, "clock");

    [Fact]
    public void Another_process_sees_where_it_stands()
    {
        using var ours = SharedClock.Start(Position, Start);
        using var theirs = SharedClock.Read(Position);
        ours.StandAt(Start.AddDays(14));

        Assert.Equal(Start.AddDays(14), theirs.UtcNow);
    }

    [Fact]
    public async Task It_runs_with_real_time_from_where_it_stood()
    {
        using var clock = SharedClock.Start(Position, Start);
        clock.Run();
        await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.InRange(clock.UtcNow, Start.AddTicks(1), Start.AddMinutes(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_later_run_goes_on_from_its_last_position(bool killedWhileItStood)
    {
        using (var clock = SharedClock.Start(Position, Start))
        {
            clock.StandAt(Start.AddDays(1));
            if (!killedWhileItStood)
                clock.Run();
            clock.Save();
        }

        using var later = SharedClock.Start(Position, Start);
        Assert.InRange(later.UtcNow, Start.AddDays(1), Start.AddDays(1).AddMinutes(1));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
