using System.Net;
using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

/// <summary>A day without room for what is left of the day before.</summary>
public sealed class HeldDayTests : IDisposable
{
    private static readonly DateOnly Second = WorkingCalendar.Published.Add(Gloucestershire.PublishedOn, 1);
    private readonly CalmWorld world = new(new() { ["Chasing:DailyCap"] = "1", ["Chasing:TaskAfter"] = "03:00:00" });

    public void Dispose() => world.Dispose();

    [Fact]
    public void What_waits_for_room_on_a_day_that_is_held_is_held_and_not_late()
    {
        world.World.Issue("held-2017-08", 1, 1, world.Today);
        world.World.SendGrid.OnlyAnswer = HttpStatusCode.ServiceUnavailable;
        world.Do(() => world.The<KeepSendingSafe>().ReleaseAsync(2, "Checked", Actor.Service, default));
        world.Chase();
        Assert.Equal(2, Waiting());

        world.World.SendGrid.OnlyAnswer = null;
        foreach (var (hour, minute) in new[] { (9, 0), (15, 0), (20, 0) })
        {
            world.MoveTo(Second, hour, minute);
            world.Chase();
            // The first run still finds late what it moves to today
            world.Chase();
            Assert.Equal(1, Waiting());
            Assert.Equal(("held", false), Health());
        }

        Assert.DoesNotContain(world.OpenTasks(), t => t.Kind == TaskKind.EmailFailed);
        world.MoveTo(WorkingCalendar.Published.Add(Second, 1), 9, 0);
        world.Chase();
        Assert.Equal(0, Waiting());
    }

    private int Waiting() => world.Messages(Gloucestershire.Crc.Id).Concat(world.Messages(Gloucestershire.Nps.Id)).Count(m => !m.IsSettled);

    private (string Status, bool IsRed) Health()
    {
        world.Do(() => world.The<SweepRegister>().RunAsync(new FollowUp.Time.RunTime(TimeProvider.System, default)));
        var health = world.Do(() => world.The<ReadChaseHealth>().RunAsync(default));
        Assert.DoesNotContain(health.Problems, p => p.Contains("has been due", StringComparison.Ordinal));
        return (health.Status, health.IsRed);
    }
}
