using Azure;
using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What SendGrid tells, when what leads to the emails is lost or storage fails for one of them.</summary>
public sealed class WebhookTests
{
    [Fact]
    public void A_bounce_finds_its_email_after_all_that_leads_to_emails_was_lost_and_a_sweep()
    {
        using var world = SimActs.Issued("told");
        world.ChaseAndSend();
        var email = world.Messages()[0];
        Assert.Equal(MessageStatus.Accepted, email.Status);
        world.Lose("Messages");
        world.GoTo(SimActs.Day.AddDays(1));
        world.Sweep();

        world.Tell(Bounce(email, "e1"));

        var suspended = world.Get(s => s.GetRequiredService<AddressesTable>().SuspendedAsync(default));
        Assert.True(suspended.Contains(email.Recipient.Email));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void What_has_not_arrived_is_found_for_ten_days(int daysLater, bool isFound)
    {
        using var world = SimActs.Issued("told");
        world.ChaseAndSend();
        var email = world.Messages()[0];
        world.Lose("Messages");
        world.GoTo(SimActs.Day.AddDays(daysLater), hour: 10);
        world.Sweep();

        Assert.Equal(isFound, world.Get(async s => await s.GetRequiredService<MessageHints>().FindAsync(email.Mid, default) is not null));
    }

    [Fact]
    public void Today_is_counted_whole_after_all_that_leads_to_emails_was_lost_and_a_sweep()
    {
        using var world = SimActs.Issued("told");
        world.ChaseAndSend();
        world.Tell([.. world.Messages().Select((m, i) => new SendGridEvent(m.Mid, "delivered", $"e{i}", null, null, null))]);
        world.Lose("Messages");
        Assert.Equal(0, Sent(world));

        world.Sweep();

        Assert.Equal(world.Messages().Count, Sent(world));
    }

    [Fact]
    public void What_SendGrid_took_counts_as_sent_though_it_was_withdrawn_before_anybody_knew()
    {
        using var world = SimActs.Issued("told", toCrc: 1, toNps: 0);
        world.Chase();
        var row = world.Tables["Register"].All.Single(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal));
        world.Put("Register", Document.Write(row, world.Messages()[0].Tell(world.Clock.UtcNow, "processed", null, "e1") with { Status = MessageStatus.Withdrawn }));

        Assert.Equal(1, Sent(world));
    }

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

    private static int Sent(SimWorld world) => world.Get(s => s.GetRequiredService<CountToday>().RunAsync(default)).Sent;

    private static SendGridEvent Bounce(Message message, string id) => new(message.Mid, "bounce", id, "bounce", "550 no such user", null);
}
