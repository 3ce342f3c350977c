using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>A claim that was written, and whose answer is lost on the way back: as an error, or as the conflict that the second try of the client library meets.</summary>
public sealed class LostClaimTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(412)]
    [InlineData(409)]
    public void An_email_whose_claim_was_written_is_sent_though_nobody_heard_of_it(int status)
    {
        using var world = SimActs.Issued("claimed", toCrc: 1, toNps: 0);
        world.Chase();
        var lost = 0;

        world.Calmly(
            () => world.Services.GetRequiredService<ChaseNow>().RunAsync(default),
            losesAnswerAt: (table, what) => table == "Register" && what == "egt" && lost == 0 && world.Messages().Any(m => m.Status == MessageStatus.Claimed) && ++lost == 1 ? status : null);

        Assert.Equal(1, lost);
        Assert.Single(world.SendGrid.Inbox);
        var message = Assert.Single(world.Messages());
        Assert.Equal(MessageStatus.Accepted, message.Status);
        Assert.DoesNotContain(message.Timeline, e => e.What == "unknown");
    }
}
