using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>Staff hold upward emails when some of those whom a step goes to have it already.</summary>
public sealed class UpwardHoldTests
{
    private const string Id = "held/1";
    private static readonly DateOnly Escalation = new(2017, 10, 12);

    [Fact]
    public void Whoever_has_not_had_the_step_gets_it_when_the_hold_has_ended()
    {
        using var world = Escalated();
        Assert.Null(world.Change(Id, (state, now) => UpwardCommands.Hold(state, now, new DateOnly(2017, 10, 17), "A call")).Refusal);

        world.ChaseAndSend();
        Assert.DoesNotContain(world.Messages(), m => m.Status == MessageStatus.Cancelled);
        world.ChaseUpTo(new DateOnly(2017, 10, 17));
        Assert.Equal(["wren.main@workinglinks.example"], Escalations(world).Select(e => e.To));
        Assert.Null(world.Get(s => s.GetRequiredService<RunsTable>().FindAsync(ChaseRecommendations.Job, [], default))!.LateSince);

        world.ChaseUpTo(new DateOnly(2017, 10, 18));
        Assert.Equal(
            [("wren.main@workinglinks.example", Escalation), ("ines.lead@inspectorate.example", new DateOnly(2017, 10, 18)), ("wyn.director@workinglinks.example", new DateOnly(2017, 10, 18))],
            Escalations(world));
    }

    [Fact]
    public void A_hold_that_is_released_lets_it_go_on_the_next_working_day()
    {
        using var world = Escalated();
        Assert.Null(world.Change(Id, (state, now) => UpwardCommands.Hold(state, now, new DateOnly(2017, 11, 3), "A call")).Refusal);
        world.ChaseUpTo(Escalation.AddDays(1));
        Assert.Null(world.Change(Id, UpwardCommands.Release).Refusal);

        world.ChaseUpTo(new DateOnly(2017, 10, 16));

        Assert.Equal([Escalation, new DateOnly(2017, 10, 16), new DateOnly(2017, 10, 16)], Escalations(world).Select(e => e.On));
    }

    [Fact]
    public void An_answer_during_the_hold_ends_it_all()
    {
        using var world = Escalated();
        Assert.Null(world.Change(Id, (state, now) => UpwardCommands.Hold(state, now, new DateOnly(2017, 10, 17), "A call")).Refusal);
        world.ChaseUpTo(Escalation.AddDays(1));
        Assert.Null(world.Change(Id, (state, now) => new Change(state with { Ask = state.Ask with { ClosedOn = now.Today } }, [new NewEvent(EventTypes.Answered, new { })], Change.NoLetters)).Refusal);

        world.ChaseUpTo(new DateOnly(2017, 10, 20));

        Assert.Single(Escalations(world));
        Assert.DoesNotContain(world.Messages(), m => !m.IsSettled);
    }

    /// <summary>The step to those above is planned, and one of them has it.</summary>
    private static SimWorld Escalated()
    {
        var world = SimActs.Issued("held", toCrc: 1, toNps: 0);
        world.ChaseUpTo(Escalation.AddDays(-1));
        world.GoTo(Escalation);
        var place = world.Chase().Places.First(p => world.Messages().Any(m => m.Mid == p.Mid && m.Recipient.Name == "Wren Main"));
        world.Calmly(() => world.Services.GetRequiredService<SendEmail>().RunAsync(new EmailRing(place.Mid, place.Organisation, place.RowKey), default));
        Assert.Single(Escalations(world));
        return world;
    }

    private static IReadOnlyList<(string To, DateOnly On)> Escalations(SimWorld world) =>
        [.. world.SendGrid.Inbox.Where(e => e.Category == "escalation").Select(e => (e.To, On: e.At.LondonDate())).OrderBy(e => e.On).ThenBy(e => e.To, StringComparer.Ordinal)];
}
