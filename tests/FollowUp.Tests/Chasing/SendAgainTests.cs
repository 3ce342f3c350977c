using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What did not arrive is sent again once, to whoever has not had it.</summary>
public sealed class SendAgainTests
{
    private const string NewAddress = "dana.new@bgsw.example";

    [Fact]
    public void Whoever_asks_again_after_the_service_died_sends_nothing_a_second_time()
    {
        using var world = Bounced();
        world.Killing((_, what) => what == "ring", () => SendAgainAsync(world));
        world.ChaseAndSend();

        Assert.Equal(RefusalKind.NotFound, world.Get(_ => SendAgainAsync(world)).Refusal?.Kind);
        world.ChaseUpTo(SimActs.Day.AddDays(5));

        Assert.Single(world.SendGrid.Inbox, e => e.To == NewAddress);
    }

    [Fact]
    public void Two_who_ask_at_once_send_it_once()
    {
        using var world = Bounced();

        var outcomes = world.Get(_ => Task.WhenAll(SendAgainAsync(world), SendAgainAsync(world)));
        world.ChaseUpTo(SimActs.Day.AddDays(5));

        Assert.Single(outcomes, o => o.Refusal is null);
        Assert.Single(world.SendGrid.Inbox, e => e.To == NewAddress);
    }

    [Theory]
    [InlineData(MessageStatus.Unknown, "This email may have left, and SendGrid has not said so yet. If it says nothing, FollowUp sends it once more by itself. Look again in an hour.")]
    [InlineData(MessageStatus.Claimed, "This email may have left, and SendGrid has not said so yet. If it says nothing, FollowUp sends it once more by itself. Look again in an hour.")]
    [InlineData(MessageStatus.Pending, "This email still waits, and leaves as soon as it can: there is nothing to send again. Enter another address if it is to go there.")]
    [InlineData(MessageStatus.Withdrawn, "Nothing was sent again: they have it already, or it is on its way to them. From now on emails go to dana.main@bgsw.example. Mark the task as done.")]
    public void What_goes_or_has_gone_by_itself_is_not_sent_again(MessageStatus status, string why)
    {
        using var world = SimActs.Issued("again", toCrc: 1, toNps: 0);
        world.Chase();
        var (row, message) = Notice(world);
        world.Put("Register", Document.Write(row, message with { Status = status }));
        if (status == MessageStatus.Withdrawn)
        {
            // It moved to the email of another day
            world.Put("Register", Document.Entity(row.PartitionKey, RegisterTable.ChasingKey(message.Recipient, SimActs.Day.AddDays(1)), message with { Mid = Mid.New(SimActs.Day.AddDays(1)), On = SimActs.Day.AddDays(1) }));
        }

        world.Calmly(() => world.Services.GetRequiredService<TasksTable>().OpenAsync(Tasks.NotAccepted(message, message.WaitingSince, Situations.On(SimActs.Day)), default));

        var outcome = world.Get(_ => SendAgainAsync(world, email: null));

        Assert.Equal([$": {why}"], outcome.Problems());
        Assert.Equal(status == MessageStatus.Withdrawn ? 2 : 1, world.Messages().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_waits_for_the_old_address_is_cancelled_and_goes_to_the_new_one_alone(bool isOfToday)
    {
        using var world = SimActs.Issued("again", toCrc: 1, toNps: 0);
        world.Chase();
        var failed = Notice(world).Message;
        world.Calmly(() => world.Services.GetRequiredService<TasksTable>().OpenAsync(Tasks.NotAccepted(failed, failed.WaitingSince, Situations.On(SimActs.Day)), default));
        if (!isOfToday)
        {
            // Its place is taken by the email of the next day
            world.GoTo(SimActs.Day.AddDays(1));
            world.Chase();
            Assert.Equal([MessageStatus.Pending, MessageStatus.Withdrawn], world.Messages().Select(m => m.Status).Order());
        }

        Assert.Null(world.Get(_ => SendAgainAsync(world)).Refusal);
        world.ChaseAndSend();
        world.ChaseUpTo(SimActs.Day.AddDays(5));
        world.Sweep();

        Assert.Equal(NewAddress, Assert.Single(world.SendGrid.Inbox).To);
        var cancelled = Assert.Single(world.Messages(), m => m.Status == MessageStatus.Cancelled);
        Assert.Equal(("dana.main@bgsw.example", $"{NewAddress} gets it instead."), (cancelled.Recipient.Email.ToString(), cancelled.Timeline[^1].Detail));
        Assert.Equal(Assert.Single(world.Messages(), m => m.Status == MessageStatus.Accepted).Mid, cancelled.ReplacedBy);
        Assert.DoesNotContain(world.Get(s => s.GetRequiredService<TasksTable>().OpenTasksAsync(default)), t => t.Kind == TaskKind.EmailFailed);
    }

    [Fact]
    public void What_waits_for_the_old_address_is_cancelled_too_where_the_new_one_has_it_already()
    {
        using var world = SimActs.Issued("again", toCrc: 1, toNps: 0);
        world.Chase();
        var failed = Notice(world).Message;
        world.Put("Register", Document.Entity(failed.OrganisationId.ToString(), RegisterTable.ChasingKey(failed.Recipient with { Email = EmailAddress.Parse(NewAddress, null) }, SimActs.Day), failed with { Mid = Mid.New(SimActs.Day), Recipient = failed.Recipient with { Email = EmailAddress.Parse(NewAddress, null) }, Status = MessageStatus.Accepted }));
        world.Calmly(() => world.Services.GetRequiredService<TasksTable>().OpenAsync(Tasks.NotAccepted(failed, failed.WaitingSince, Situations.On(SimActs.Day)), default));

        Assert.Equal([$": Nothing was sent again: they have it already, or it is on its way to them. From now on emails go to {NewAddress}. Mark the task as done."], world.Get(_ => SendAgainAsync(world)).Problems());
        world.ChaseUpTo(SimActs.Day.AddDays(5));

        Assert.Empty(world.SendGrid.Inbox);
        Assert.Equal(MessageStatus.Cancelled, Notice(world).Message.Status);
    }

    [Fact]
    public void What_bounces_on_a_day_of_rest_is_for_the_next_on_which_emails_leave()
    {
        using var world = Bounced();
        var (saturday, monday) = (SimActs.Day.AddDays(2), SimActs.Day.AddDays(4));
        world.GoTo(saturday);

        Assert.Null(world.Get(_ => SendAgainAsync(world)).Refusal);

        Assert.Equal(monday, Assert.Single(world.Messages(), m => m.Recipient.Email.ToString() == NewAddress).On);
        Assert.Equal(0, world.Get(s => s.GetRequiredService<SendingDays>().ReadAsync(saturday, world.Clock.UtcNow, [], default)).Planned);
    }

    [Fact]
    public void Nobody_is_written_to_in_place_of_somebody_who_is_no_contact_any_more()
    {
        using var world = Bounced();
        world.Calmly(async () =>
        {
            var organisations = world.Services.GetRequiredService<OrganisationsTable>();
            var row = (await organisations.FindAsync(Gloucestershire.Crc.Id, default))!;
            await organisations.SaveAsync(row, row.Value with { Contacts = [A.Contact("Rose Other", domain: "bgsw.example")] }, "Grace Adebayo", world.Clock.UtcNow, default);
        });

        Assert.Equal([$": dana.main@bgsw.example is no contact of {Gloucestershire.Crc.Name} any more. Add {NewAddress} to its contacts, and mark this task as done."], world.Get(_ => SendAgainAsync(world)).Problems());
        Assert.DoesNotContain(world.Messages(), m => m.Recipient.Email.ToString() == NewAddress);
    }

    [Fact]
    public void It_goes_on_the_next_working_day_when_the_day_has_come_to_its_limit()
    {
        using var world = Bounced(("Chasing:DailyCap", "2"));
        Assert.Null(world.Get(_ => SendAgainAsync(world)).Refusal);

        Assert.Equal(SimActs.Day.AddDays(1), Assert.Single(world.Messages(), m => m.Recipient.Email.ToString() == NewAddress).On);
    }

    [Fact]
    public void What_the_recipients_server_refused_goes_to_the_same_address_again_once()
    {
        using var world = Refused();

        Assert.Null(world.Get(_ => SendAgainAsync(world, email: null)).Refusal);
        world.ChaseAndSend();
        world.Sweep();

        Assert.Equal(2, world.SendGrid.Inbox.Count(e => e.To == "dana.main@bgsw.example"));
        Assert.Empty(world.Get(s => s.GetRequiredService<TasksTable>().OpenTasksAsync(default)));
    }

    [Fact]
    public void What_was_refused_and_arrived_all_the_same_is_no_task_and_is_not_sent_again()
    {
        using var world = Refused();

        world.Tell(new SendGridEvent(Notice(world).Message.Mid, "delivered", "e2", null, null, null));
        world.Sweep();

        Assert.Equal("delivered", Notice(world).Message.Delivery);
        Assert.Empty(world.Get(s => s.GetRequiredService<TasksTable>().OpenTasksAsync(default)));
    }

    /// <summary>The notice was refused by its recipient's mail server, and the task of the day after is open.</summary>
    private static SimWorld Refused()
    {
        var world = SimActs.Issued("again", toCrc: 1, toNps: 0);
        world.SendGrid.WebhooksAreLost = true;
        world.ChaseAndSend();
        world.Tell(new SendGridEvent(Notice(world).Message.Mid, "bounce", "e1", "blocked", "550 blocked", null));
        world.GoTo(SimActs.Day.AddDays(1));
        world.Sweep();
        Assert.Equal(Tasks.RefusedKey(Notice(world).Message), Assert.Single(world.Get(s => s.GetRequiredService<TasksTable>().OpenTasksAsync(default))).Key);
        return world;
    }

    /// <summary>The notice to the only main contact has bounced, and the task about it is open.</summary>
    private static SimWorld Bounced(params IEnumerable<(string Name, string Value)> settings)
    {
        var world = SimActs.Issued("again", 1, 0, settings);
        world.ChaseAndSend();
        world.Tell(new SendGridEvent(Notice(world).Message.Mid, "bounce", "e1", "bounce", "550 no such user", null));
        return world;
    }

    private static (TableEntity Row, Message Message) Notice(SimWorld world) =>
        world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal)).Select(e => (e, Document.Read<Message>(e).Value)).First(m => m.Value.Recipient.Name == "Dana Main");

    private static async Task<Outcome<StaffTask>> SendAgainAsync(SimWorld world, string? email = NewAddress)
    {
        var task = world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("tsk|", StringComparison.Ordinal)).Select(e => Document.Read<StaffTask>(e).Value).First(t => t.Kind is TaskKind.EmailFailed or TaskKind.AddressSuspended);
        return await world.Services.GetRequiredService<SendAgain>().RunAsync(task.OrganisationId, task.Key, null, email, Situations.Reviewer, default);
    }
}
