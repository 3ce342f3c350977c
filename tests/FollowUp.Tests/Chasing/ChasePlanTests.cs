using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Email;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

public sealed class ChasePlanTests
{
    private static readonly Person Lead = Gloucestershire.Inspection.LeadInspector;
    private static readonly Person Mailbox = new("HM Inspectorate of Probation", EmailAddress.Parse("mailbox@inspectorate.example", null));

    [Fact]
    public void One_digest_for_each_person_with_the_gravest_of_its_kinds()
    {
        // One recommendation is overdue, one has a last call, one is new
        var plan = Make(
            "2017-09-29",
            Gloucestershire.Recommendation(1, A.Ask(lastStep: 3)),
            Gloucestershire.Recommendation(2, A.Ask(dueOn: new(2017, 10, 2), lastStep: 2)),
            Gloucestershire.Recommendation(3, A.Ask(openedOn: new(2017, 9, 29), dueOn: new(2017, 10, 27)) with { Ladder = new() }));

        Assert.Equal([4, 3, 0], plan.Steps.Select(s => s.Step.Number));
        Assert.Equal(
            [("dana.main@bgsw.example", MessageKind.Overdue, 3), ("sam.second@bgsw.example", MessageKind.Overdue, 2)],
            plan.Messages.Select(m => (m.Message.Recipient.Email.ToString(), m.Message.Kind, m.Message.Items.Count)));
        Assert.Equal(plan.Messages.Count, plan.Messages.Select(m => m.Key).Distinct().Count());
    }

    [Fact]
    public void Planning_claims_the_step_and_records_what_was_skipped()
    {
        var step = Assert.Single(Make("2017-09-21", Gloucestershire.Recommendation(1)).Steps);

        Assert.Equal(2, step.After.Ask.Ladder.LastStep);
        Assert.Equal([EventTypes.StepSkipped, EventTypes.StepPlanned], step.Events.Select(e => e.Type));
        Assert.DoesNotContain("@", Json.Write(step.Events[1].Data), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_step_ends_the_ladder()
    {
        var step = Assert.Single(Make("2017-11-23", Gloucestershire.Recommendation(1, A.Ask(lastStep: 8))).Steps);

        Assert.Equal([EventTypes.StepPlanned, EventTypes.LadderEnded], step.Events.Select(e => e.Type));
        Assert.True(step.After.Ask.Ladder.Rests);
    }

    [Fact]
    public void What_falls_due_later_that_day_joins_the_message_while_it_is_unclaimed()
    {
        var first = Make("2017-09-21", Gloucestershire.Recommendation(1));

        var plan = Make("2017-09-21", [Gloucestershire.Recommendation(2)], Sent(first, MessageStatus.Pending));

        var message = Assert.Single(plan.Messages).Message;
        Assert.Equal(first.Messages[0].Message.Mid, message.Mid);
        Assert.Equal(["gloucestershire-2017-08/1", "gloucestershire-2017-08/2"], message.Items.Select(i => i.Recommendation.ToString()));
    }

    [Theory]
    [InlineData(MessageStatus.Claimed)]
    [InlineData(MessageStatus.Accepted)]
    [InlineData(MessageStatus.Unknown)]
    [InlineData(MessageStatus.Failed)]
    [InlineData(MessageStatus.Withheld)]
    [InlineData(MessageStatus.Cancelled)]
    internal void What_falls_due_after_the_days_message_is_claimed_waits_for_the_next_working_day(MessageStatus status)
    {
        var plan = Make("2017-09-21", [Gloucestershire.Recommendation(2)], Sent(Make("2017-09-21", Gloucestershire.Recommendation(1)), status));

        Assert.Empty(plan.Steps);
        Assert.Empty(plan.Messages);
        Assert.Contains("next working day", Assert.Single(plan.Held).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_must_wait_is_told_with_its_reason()
    {
        var untold = A.Ask(lastStep: 3) with { Ladder = A.Ask(lastStep: 3).Ladder with { FirstAcceptedOn = null } };

        var plan = Make("2017-09-29", Gloucestershire.Recommendation(1, untold));

        Assert.Empty(plan.Steps);
        Assert.Contains("5 working days before", Assert.Single(plan.Held).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_a_chasing_message_is_person_and_day_alone()
    {
        var plan = Make("2017-09-21", Gloucestershire.Recommendation(1));

        Assert.Equal($"msg|2017-09-21|{Keys.Hash("dana.main@bgsw.example")}", Assert.Single(plan.Messages).Key);
    }

    private static Dictionary<string, Row<Message>> Sent(ChasePlan plan, MessageStatus status) =>
        plan.Messages.ToDictionary(m => m.Key, m => new Row<Message>("bgsw-crc", m.Key, m.Message with { Status = status }, default, new TableEntity()));

    [Fact]
    public void What_would_join_an_email_that_cannot_be_read_goes_with_the_next_working_days()
    {
        var key = RegisterTable.ChasingKey(new Recipient("Dana Main", EmailAddress.Parse("dana.main@bgsw.example", null), Relation.Own), new(2017, 9, 14));
        var messages = new KeyedMessages(new Dictionary<string, Row<Message>>(), [new("bgsw-crc", key, "its schema version is 2")]);

        var plan = ChasePlan.Make(
            Gloucestershire.Crc, [(new Row<Recommendation>("bgsw-crc", "rec", A.Recommendation(), default, new TableEntity()), Lead)], messages, Situations.On("2017-09-14"), SuspendedAddresses.None, Mailbox);

        Assert.Empty(plan.Messages);
        Assert.Contains("next working day", Assert.Single(plan.Held).Why, StringComparison.Ordinal);
    }

    private static ChasePlan Make(string today, params Recommendation[] states) => Make(today, states, []);

    private static ChasePlan Make(string today, Recommendation[] states, Dictionary<string, Row<Message>> sent) => ChasePlan.Make(
        Gloucestershire.Crc, [.. states.Select(s => (new Row<Recommendation>("bgsw-crc", "rec", s, default, new TableEntity()), Lead))], new KeyedMessages(sent, []), Situations.On(today), SuspendedAddresses.None, Mailbox);
}
