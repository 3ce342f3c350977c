using Azure;
using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What SendGrid tells when storage fails for one of them.</summary>
public sealed class WebhookTests
{
    [Fact]
    public void What_fails_for_one_email_is_told_to_SendGrid_and_keeps_no_other_from_being_taken()
    {
        using var world = SimActs.Issued("told");
        world.ChaseAndSend();
        var (one, other) = (world.Messages()[0], world.Messages()[1]);
        var writes = 0;

        Assert.Throws<RequestFailedException>(() => world.Calmly(
            () => world.Services.GetRequiredService<SendGridWebhook>().RunAsync([Bounce(one, "e1"), Bounce(other, "e2")], default),
            (table, what) => table == "Addresses" && what != "get" && ++writes == 1));

        Assert.Equal(["accepted", "bounced"], world.Messages().Where(m => m.Mid == one.Mid || m.Mid == other.Mid).Select(m => m.Delivery).Order());
    }

    [Fact]
    public void What_fails_for_one_email_of_a_chase_by_hand_is_reported_and_keeps_no_other_from_being_sent()
    {
        using var world = SimActs.Issued("told");
        var (rung, failed) = (false, false);

        var result = world.ChaseAndSend((table, what) =>
        {
            rung |= what == "ring";
            var fails = rung && !failed && table == "Settings" && what == "query";
            failed |= fails;
            return fails;
        });

        Assert.Contains("ServerBusy (Settings query)", Assert.Single(result.Failures));
        Assert.Equal(world.Messages().Count - 1, result.Sent);
    }

    private static SendGridEvent Bounce(Message message, string id) => new(message.Mid, "bounce", id, "bounce", "550 no such user", null);
}
