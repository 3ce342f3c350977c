using System.Net;
using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

/// <summary>A SendGrid that answers every email with “wrong”, as it does when what all of them have in common is: the sender, the account’s plan, a proxy.</summary>
public sealed class RefusedOneByOneTests : IDisposable
{
    private readonly CalmWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public void When_it_refuses_everybody_emails_wait_in_place_of_being_lost_and_health_is_red(HttpStatusCode answer)
    {
        world.World.Issue("everybody-2017-08", 2, 2, world.Today);
        world.World.SendGrid.OnlyAnswer = answer;

        world.Chase();

        Assert.Equal(4, All.Count(m => m.Status == MessageStatus.Failed));
        Assert.Contains(All, m => m.Status == MessageStatus.Pending);
        Assert.Contains("one email after another", Pulled.Refusal!.Why, StringComparison.Ordinal);
        world.Chase();
        var health = Health();
        Assert.True(health.IsRed);
        Assert.Contains(health.Problems, p => p.Contains("refused", StringComparison.Ordinal));

        world.World.SendGrid.OnlyAnswer = null;
        for (var minute = 10; minute <= 40; minute += 10)
        {
            world.MoveTo(world.Today, 9, minute);
            world.Chase();
        }

        Assert.DoesNotContain(All, m => !m.IsSettled && m.On == world.Today);
        Assert.Equal(4, All.Count(m => m.Status == MessageStatus.Failed));
        Assert.Equal(Brakes.None, Pulled);
        Assert.False(Health().IsRed && Health().Problems.Any(p => p.Contains("refused", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_email_that_it_takes_in_between_says_that_the_others_are_wrong()
    {
        world.World.Issue("everybody-2017-08", 2, 2, world.Today);
        world.World.SendGrid.OnlyAnswer = HttpStatusCode.BadRequest;
        world.Plan();
        world.Ring();
        Assert.Single(Pulled.Doubts!);

        world.World.SendGrid.OnlyAnswer = null;
        world.Ring();

        Assert.Equal(Brakes.None, Pulled);
    }

    [Fact]
    public void Emails_to_one_person_say_nothing_of_the_others()
    {
        var once = Brakes.None.Doubt("dana");

        Assert.Same(once, once.Doubt("dana"));
        Assert.False(once.Doubt("noor").Doubt("sam").Doubt("nat").IsAboutAll);
        Assert.True(once.Doubt("noor").Doubt("sam").Doubt("nat").Doubt("drew").IsAboutAll);
    }

    private IReadOnlyList<Message> All => [.. world.Messages(Gloucestershire.Crc.Id), .. world.Messages(Gloucestershire.Nps.Id)];

    private Brakes Pulled => world.Do(() => world.The<BrakesTable>().ReadAsync([], default));

    private ChaseHealth Health() => world.Do(() => world.The<ReadChaseHealth>().RunAsync(default));
}
