using Azure.Data.Tables;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;

namespace FollowUp.Tests.Chasing;

/// <summary>What cannot be written though nobody else has written it must not stay unwritten in silence.</summary>
public sealed class UnwrittenPlanTests
{
    private const string Id = "stuck/1";
    private static readonly DateOnly FirstReminder = new(2017, 9, 14);

    [Fact]
    public void A_plan_that_can_never_be_written_fails_the_run_and_stops_no_other()
    {
        using var world = SimActs.Issued("stuck");
        world.ChaseUpTo(FirstReminder.AddDays(-1));
        var state = world.State(Gloucestershire.Crc.Id, Id);
        world.Put("Register", new TableEntity(Gloucestershire.Crc.Id.ToString(), RegisterTable.EventKey(state.Id, state.LastEvent + 1)));
        world.GoTo(FirstReminder);

        var failure = Assert.Single(world.Chase().Failures);

        Assert.StartsWith("bgsw-crc: Its plan cannot be written", failure);
        Assert.Equal(0, world.State(Gloucestershire.Crc.Id, Id).Ask.Ladder.LastStep);
        Assert.Equal(1, world.State(Gloucestershire.Nps.Id, "stuck/3").Ask.Ladder.LastStep);
    }

    [Fact]
    public void A_plan_joins_a_message_of_today_that_nothing_had_led_to()
    {
        using var world = SimActs.Issued("stuck");
        world.ChaseUpTo(FirstReminder.AddDays(-1));
        var dana = new Recipient("Dana Main", Gloucestershire.Crc.Contacts[0].Email, Relation.Own, Gloucestershire.Crc.Contacts[0].Role, Gloucestershire.Crc.Id);
        world.GoTo(FirstReminder);
        var present = Message.New(FirstReminder, Gloucestershire.Crc.Id, MessageKind.Reminder, dana, [], world.Clock.UtcNow);
        world.Put("Register", Document.Entity(Gloucestershire.Crc.Id.ToString(), RegisterTable.ChasingKey(dana, FirstReminder), present));

        Assert.Empty(world.Chase().Failures);

        Assert.Equal(2, Assert.Single(world.Messages(), m => m.On == FirstReminder && m.Recipient.Email == dana.Email).Items.Count);
        Assert.Equal(1, world.State(Gloucestershire.Crc.Id, Id).Ask.Ladder.LastStep);
    }

    [Fact]
    public void A_pause_that_cannot_be_ended_fails_the_run_and_stops_no_other_of_the_organisation()
    {
        using var world = SimActs.Issued("stuck");
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Pause(state, now, new DateOnly(2017, 9, 5), "A fire")).Refusal);
        LeadAstray(world);
        world.GoTo(new DateOnly(2017, 9, 6));

        Assert.Equal("stuck/1: There is no issued recommendation stuck/1.", Assert.Single(world.Chase().Failures));
        Assert.Equal(0, world.State(Gloucestershire.Crc.Id, "stuck/2").Ask.Ladder.LastStep);
    }

    [Fact]
    public void An_ask_that_cannot_rest_with_staff_fails_the_run()
    {
        using var world = SimActs.Issued("stuck");
        world.ChaseAndSend();
        Assert.Null(world.Change(Id, (state, _) => new Change(state with { Ask = state.Ask with { Ladder = state.Ask.Ladder with { LastStep = 9 } } }, [], Change.NoLetters)).Refusal);
        LeadAstray(world);
        world.GoTo(new DateOnly(2017, 9, 29));

        Assert.Contains("stuck/1: There is no issued recommendation stuck/1.", world.Chase().Failures);
    }

    [Fact]
    public void A_step_that_cannot_be_called_back_fails_the_sweep_and_stops_nothing_else_of_the_organisation()
    {
        using var world = SimActs.Issued("stuck");
        world.Chase();
        foreach (var message in world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal)).ToList())
        {
            world.Calmly(() => world.Tables["Register"].DeleteEntityAsync(message.PartitionKey, message.RowKey));
        }

        LeadAstray(world);
        world.GoTo(SimActs.Day, hour: 12);
        var failures = world.Sweep().Failures;

        Assert.Equal("stuck/1: There is no issued recommendation stuck/1.", Assert.Single(failures));
        Assert.Equal((LadderRule.NoStep, LadderRule.NoStep), (world.State(Gloucestershire.Crc.Id, "stuck/2").Ask.Ladder.LastStep, world.State(Gloucestershire.Nps.Id, "stuck/3").Ask.Ladder.LastStep));
    }

    /// <summary>Lets the map lead to an organisation at which there is no such recommendation.</summary>
    private static void LeadAstray(SimWorld world)
    {
        var map = world.Tables["Inspections"].Find("stuck", "rec|001")!;
        world.Put("Inspections", Document.Write(new TableEntity(map), Document.Read<DraftRecommendation>(map).Value with { OrganisationId = Gloucestershire.Hmpps.Id }));
    }
}
