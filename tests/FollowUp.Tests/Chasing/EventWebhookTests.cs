using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;

namespace FollowUp.Tests.Chasing;

/// <summary>What SendGrid's events do beside the story of an email.</summary>
public sealed class EventWebhookTests : IDisposable
{
    private readonly CalmWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void An_email_that_is_dropped_for_its_content_gives_a_task_and_nobody_else_gets_the_same()
    {
        var email = Sent();

        Tell(new SendGridEvent(email.Mid, "dropped", "e1", null, "Spam Content", null));

        var task = Assert.Single(world.OpenTasks());
        Assert.Equal((TaskKind.EmailFailed, email.Mid), (task.Kind, task.Mid));
        Assert.Contains("“Spam Content”", task.Why, StringComparison.Ordinal);
        Assert.False(world.Do(() => world.The<AddressesTable>().SuspendedAsync(default)).Contains(Gloucestershire.Crc.Contacts[0].Email));
        Assert.Single(world.Messages(Gloucestershire.Crc.Id));
    }

    /// <summary>The notice of one recommendation, which SendGrid has taken.</summary>
    private Taken Sent()
    {
        world.World.SendGrid.WebhooksAreLost = true;
        world.World.Issue("dropped-2017-08", 1, 0, world.Today);
        world.Chase();
        return Assert.Single(world.World.SendGrid.Inbox);
    }

    private void Tell(params SendGridEvent[] events) => world.Do(() => world.The<SendGridWebhook>().RunAsync(events, default));
}
