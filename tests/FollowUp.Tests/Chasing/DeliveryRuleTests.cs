using CsCheck;
using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

public sealed class DeliveryRuleTests
{
    private static readonly MessageStatus[] Statuses = [MessageStatus.Accepted, MessageStatus.Unknown, MessageStatus.Claimed, MessageStatus.Failed];
    private static readonly SendGridEvent[] Story =
    [
        Event("processed", "1"), Event("deferred", "2"), Event("delivered", "3"), Event("bounce", "4", "bounce"), Event("bounce", "5", "blocked"),
        Event("dropped", "6"), Event("spamreport", "7"), Event("open", "8"), Event("unsubscribe", "9"),
    ];

    private const int Permutations = 10_000;
    private const int MostCopies = 50;

    [Theory]
    [InlineData(MessageStatus.Accepted, true)]
    [InlineData(MessageStatus.Accepted, true, "processed")]
    [InlineData(MessageStatus.Accepted, false, "bounced")]
    [InlineData(MessageStatus.Accepted, false, "blocked")]
    [InlineData(MessageStatus.Unknown, false)]
    [InlineData(MessageStatus.Unknown, true, "delivered")]
    [InlineData(MessageStatus.Pending, false)]
    [InlineData(MessageStatus.Cancelled, false)]
    public void What_SendGrid_took_and_did_not_bring_back_has_been_had(MessageStatus status, bool had, params string[] told) =>
        Assert.Equal(had, DeliveryRule.HasBeenHad(A.Message() with { Status = status, Timeline = [.. told.Select(what => new DeliveryEvent(default, what, null, "e1"))] }));

    [Fact]
    public void In_whatever_order_and_however_often_events_come_the_story_ends_the_same() =>
        Gen.Select(
            Gen.Int[1, MostCopies].Array[Story.Length],
            Gen.Int[1, (1 << Story.Length) - 1],
            Gen.Int[0, Statuses.Length - 1].Select(i => Statuses[i]),
            Gen.Int).Sample(
            (copies, which, status, seed) =>
            {
                var straight = Story.Where((_, i) => (which & (1 << i)) != 0).ToList();
                var told = straight.SelectMany(e => Enumerable.Repeat(e, copies[Array.IndexOf(Story, e)])).ToArray();
                new Random(seed).Shuffle(told);
                var message = A.Message() with { Status = status };

                var now = message.PlannedAt.AddMinutes(5);
                var one = told.Aggregate(message, (m, e) => DeliveryRule.Take(m, [e], now));
                var other = DeliveryRule.Take(message, straight, now);

                Assert.Equal((other.Status, other.Delivery), (one.Status, one.Delivery));
                Assert.Equal(other.Timeline.Select(t => (t.EventId, t.What, t.At)).Order(), one.Timeline.Select(t => (t.EventId, t.What, t.At)).Order());
                Assert.Equal(other.TimelineInOrder.Select(t => t.At), one.TimelineInOrder.Select(t => t.At));
            },
            iter: Permutations);

    [Fact]
    public void An_event_that_is_in_the_story_changes_nothing()
    {
        var told = DeliveryRule.Take(A.Message() with { Status = MessageStatus.Accepted }, Story, default);

        Assert.Same(told, DeliveryRule.Take(told, Story, default));
    }

    [Theory]
    [InlineData(MessageStatus.Unknown, MessageStatus.Accepted)]
    [InlineData(MessageStatus.Claimed, MessageStatus.Accepted)] // Its sender died, or has not recorded it yet
    [InlineData(MessageStatus.Pending, MessageStatus.Accepted)] // Refused for now, it seemed
    [InlineData(MessageStatus.Accepted, MessageStatus.Accepted)]
    [InlineData(MessageStatus.Failed, MessageStatus.Accepted)] // Given up
    [InlineData(MessageStatus.Withdrawn, MessageStatus.Withdrawn)]
    public void Any_event_proves_that_SendGrid_has_the_message(MessageStatus before, MessageStatus after) =>
        Assert.Equal(after, DeliveryRule.Take(A.Message() with { Status = before, Attempts = 1 }, [Event("processed", "1")], default).Status);

    [Theory]
    [InlineData("bounce", "bounce", true)]
    [InlineData("bounce", "blocked", false)] // Mailbox full, or a passing refusal
    [InlineData("deferred", null, false)]
    [InlineData("dropped", null, true)]
    [InlineData("spamreport", null, true)]
    [InlineData("unsubscribe", null, true)]
    [InlineData("group_unsubscribe", null, true)]
    [InlineData("delivered", null, false)]
    [InlineData("open", null, false)]
    public void Only_hard_bounces_drops_and_complaints_suspend_an_address(string what, string? type, bool suspends) =>
        Assert.Equal(suspends, DeliveryRule.Suspends(Event(what, "1", type)));

    [Theory]
    [InlineData("Bounced Address", true)]
    [InlineData("Unsubscribed Address", true)]
    [InlineData("Spam Reporting Address", true)]
    [InlineData("Invalid", true)]
    [InlineData("", true)]
    [InlineData("Spam Content", false)]
    [InlineData("Invalid SMTPAPI header", false)]
    [InlineData("Recipient List over Package Quota", false)]
    [InlineData("Something new", false)]
    public void A_drop_suspends_an_address_only_for_what_is_about_the_address(string reason, bool suspends)
    {
        var dropped = Event("dropped", "1") with { Reason = reason };
        var before = A.Message() with { Status = MessageStatus.Accepted };

        Assert.Equal(suspends, DeliveryRule.Suspends(dropped));
        var why = DeliveryRule.WhyLost(before, DeliveryRule.Take(before, [dropped], default));
        Assert.Equal(!suspends, why?.Contains($"“{reason}”", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("delivered,deferred", "delivered")]
    [InlineData("delivered,bounce", "bounced")]
    [InlineData("deferred,bounce/blocked", "blocked")]
    [InlineData("bounce/blocked,delivered", "delivered")]
    [InlineData("bounce/blocked,bounce", "bounced")]
    [InlineData("processed", "accepted")]
    [InlineData("delivered,spamreport", "complained")]
    public void The_most_telling_event_is_what_is_said_of_the_delivery(string events, string delivery) =>
        Assert.Equal(delivery, DeliveryRule.Take(A.Message() with { Status = MessageStatus.Accepted }, [.. events.Split(',').Select(e => Event(e.Split('/')[0], e, e.Split('/').ElementAtOrDefault(1)))], default).Delivery);

    [Theory]
    [InlineData(MessageStatus.Withdrawn, "processed", "1", "accepted")] // A rolled-over unknown that SendGrid tells of
    [InlineData(MessageStatus.Withdrawn, "accepted", null, "accepted")] // Its sender was late to record it
    [InlineData(MessageStatus.Withdrawn, "unknown", null, "unknown")] // Nobody knows whether it left
    [InlineData(MessageStatus.Withdrawn, "refusedForNow", null, "withdrawn")]
    [InlineData(MessageStatus.Cancelled, "unknown", null, "unknown")]
    [InlineData(MessageStatus.Withdrawn, "delivered", "1", "delivered")]
    [InlineData(MessageStatus.Cancelled, "refusedForNow", null, "cancelled")]
    public void What_SendGrid_took_is_not_called_withdrawn_and_is_unconfirmed_until_it_says_more(MessageStatus status, string told, string? eventId, string delivery)
    {
        var message = (A.Message() with { Status = status }).Tell(default, told, null, eventId);

        Assert.Equal(delivery, message.Delivery);
        Assert.Equal(delivery == "accepted", DeliveryRule.IsUnconfirmed(message, message.On.AddDays(DeliveryRule.DaysToConfirm + 1)));
    }

    [Theory]
    [InlineData("unknown,unknown,gaveUp", "unknown")]
    [InlineData("unknown,failed", "failed")] // Refused for good in the end
    [InlineData("failed", "failed")]
    [InlineData("refusedForNow,unknown,gaveUp", "unknown")]
    public void Only_what_was_refused_for_good_is_called_failed(string story, string delivery)
    {
        var message = story.Split(',').Aggregate(A.Message() with { Status = MessageStatus.Failed, Attempts = 2 }, (m, what) => m.Tell(default, what));

        Assert.Equal(delivery, message.Delivery);
        Assert.Equal(delivery == "unknown" ? "Perhaps sent" : "Could not be sent", message.DeliveryInWords().Text);
        Assert.Equal(delivery == "unknown" ? "The email as it was perhaps sent" : "The email, which was not sent", CopyWords.Heading(message));
        Assert.True(DeliveryRule.HasArrivedAfterAll(message, DeliveryRule.Take(message, [Event("delivered", "1")], default)));
    }

    [Theory]
    [InlineData(MessageStatus.Accepted, "accepted", "The email as sent", "No copy of it is kept.")]
    [InlineData(MessageStatus.Claimed, "refusedForNow", "The email as it is to be sent", "It has not been written yet.")]
    [InlineData(MessageStatus.Unknown, "unknown", "The email as it was perhaps sent", "No copy of it is kept.")]
    [InlineData(MessageStatus.Withdrawn, "refusedForNow", "The email, which was not sent", "It was never written, as it was not sent.")]
    [InlineData(MessageStatus.Withheld, "withheld", "The email, which was not sent", "It was never written, as it was not sent.")]
    public void A_copy_is_called_sent_only_where_the_email_was(MessageStatus status, string story, string heading, string none)
    {
        var message = (A.Message() with { Status = status }).Tell(default, story);

        Assert.Equal((heading, none), (CopyWords.Heading(message), CopyWords.None(message)));
    }

    private static SendGridEvent Event(string what, string id, string? type = null) => new(A.Message().Mid, what, id, type, null, "provider.1", A.Message().PlannedAt.AddMinutes(-1 + id[0] % 8));
}
