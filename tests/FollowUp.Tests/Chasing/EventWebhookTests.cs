using System.Net;
using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using FollowUp.Time;

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

    [Fact]
    public void An_email_that_waited_for_so_long_that_staff_were_told_is_no_task_once_SendGrid_says_that_it_has_it()
    {
        using var waiting = new CalmWorld(new() { ["Chasing:TaskAfter"] = "00:10:00" });
        waiting.World.SendGrid.OnlyAnswer = HttpStatusCode.RequestTimeout;
        waiting.World.Issue("waiting-2017-08", 1, 0, waiting.Today);
        waiting.Chase();
        waiting.MoveTo(waiting.Today, 9, 15);
        waiting.Chase();
        var task = Assert.Single(waiting.OpenTasks());
        Assert.Equal((TaskKind.EmailFailed, true), (task.Kind, Tasks.IsUnsent(task)));

        waiting.Do(() => waiting.The<SendGridWebhook>().RunAsync([new SendGridEvent(task.Mid!, "processed", "e1", null, null, null)], default));

        Assert.Empty(waiting.OpenTasks());
    }

    [Fact]
    public void An_email_that_waited_and_was_called_off_is_no_task()
    {
        using var waiting = new CalmWorld(new() { ["Chasing:TaskAfter"] = "00:10:00" });
        waiting.World.SendGrid.OnlyAnswer = HttpStatusCode.ServiceUnavailable;
        waiting.World.Issue("waiting-2017-08", 1, 0, waiting.Today);
        waiting.Chase();
        waiting.MoveTo(waiting.Today, 9, 15);
        waiting.Chase();
        Assert.Single(waiting.OpenTasks());

        waiting.Do(() => waiting.The<ChangeRecommendation>().RunAsync(
            A.RecommendationId("waiting-2017-08/1"), Command.By(Actor.Service), (state, now) => new Change(state with { Ask = state.Ask with { ClosedOn = now.Today } }, [], Change.NoLetters), default));
        waiting.MoveTo(waiting.Today, 9, 35);
        waiting.Chase();

        Assert.Empty(waiting.OpenTasks());
    }

    [Fact]
    public void What_SendGrid_tells_of_an_email_that_nothing_leads_to_is_kept_and_taken_once_something_does()
    {
        var email = Sent();
        var messages = world.World.Tables["Messages"];
        var hint = messages.Find(email.Mid[..8], "p|" + email.Mid)!;
        world.Do(() => messages.DeleteEntityAsync(hint.PartitionKey, hint.RowKey));
        Tell(new SendGridEvent(email.Mid, "processed", "e1", null, null, null));
        Tell(new SendGridEvent(email.Mid, "delivered", "e2", null, null, null), new SendGridEvent(email.Mid, "processed", "e1", null, null, null));
        Tell(new SendGridEvent("20170831ffffffffffffffffffffffff", "delivered", "e3", null, null, null));

        world.Do(() => messages.UpsertEntityAsync(hint));
        Sweep();

        Assert.Equal(1, Unknown());
        var taken = Assert.Single(world.Messages(Gloucestershire.Crc.Id));
        Assert.Equal("delivered", taken.Delivery);
        Assert.Equal(["e1", "e2"], taken.Timeline.Select(t => t.EventId).OfType<string>().Order());
        world.MoveTo(world.Today.AddDays(8));
        Sweep();
        Assert.Equal(0, Unknown());
    }

    private int Unknown() => world.Do(() => world.The<RunsTable>().FindAsync(SweepRegister.Job, [], default))!.Unknown;

    private void Sweep() => world.Do(() => world.The<SweepRegister>().RunAsync(new RunTime(TimeProvider.System, default)));

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
