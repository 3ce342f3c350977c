using FollowUp.Chasing;
using FollowUp.Organisations;
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

    [Fact]
    public void What_bounces_goes_up_to_the_director_only_when_the_hold_has_ended()
    {
        using var world = SimActs.Issued("held", toCrc: 1, toNps: 0);
        world.ChaseUpTo(new DateOnly(2017, 9, 28));
        Assert.Null(world.Change(Id, (state, now) => UpwardCommands.Hold(state, now, new DateOnly(2017, 10, 6), "A call")).Refusal);
        world.ChaseUpTo(new DateOnly(2017, 9, 29));
        var before = world.SendGrid.Inbox.Count;
        world.Tell([.. world.Messages().Where(m => m.Kind == MessageKind.Overdue).Select(m => new SendGridEvent(m.Mid, "bounce", m.Mid, "bounce", "No such mailbox", null))]);

        world.ChaseAndSend();
        world.ChaseUpTo(new DateOnly(2017, 10, 6));
        Assert.Equal(before, world.SendGrid.Inbox.Count);
        Assert.Contains(world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(7, default)).Entries, e => e is { Upward: true, Step: "Overdue", On: { Month: 10, Day: 9 } } && e.Recipients.Any(r => r.Name == "Drew Director"));

        world.ChaseUpTo(new DateOnly(2017, 10, 9));
        Assert.Contains(world.SendGrid.Inbox.Skip(before), e => e.To == "drew.director@bgsw.example");
    }

    [Fact]
    public void Where_nobody_else_is_left_a_reminder_goes_up_only_when_the_hold_has_ended_and_staff_know_of_it()
    {
        using var world = SimActs.Issued("held", toCrc: 1, toNps: 0);
        world.ChaseUpTo(new DateOnly(2017, 9, 15));
        Assert.Null(world.Change(Id, (state, now) => UpwardCommands.Hold(state, now, new DateOnly(2017, 9, 25), "A call")).Refusal);
        world.Calmly(async () =>
        {
            var table = world.Services.GetRequiredService<OrganisationsTable>();
            var row = (await table.FindAsync(Gloucestershire.Crc.Id, default))!;
            await table.SaveAsync(row, row.Value with { Contacts = [] }, "test", world.Clock.UtcNow, default);
        });
        var before = world.SendGrid.Inbox.Count;

        world.ChaseUpTo(new DateOnly(2017, 9, 25));
        Assert.DoesNotContain(world.SendGrid.Inbox.Skip(before), e => e.Category == "reminder");
        Assert.Contains(world.Get(s => s.GetRequiredService<TasksTable>().OpenTasksAsync(default)), t => t.Kind == TaskKind.NoContact);
        Assert.Contains(world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(3, default)).Entries, e => e is { Upward: true, Step: "Second reminder", On: { Month: 9, Day: 26 } });

        world.ChaseUpTo(new DateOnly(2017, 9, 26));
        Assert.Contains(world.SendGrid.Inbox.Skip(before), e => e is { Category: "reminder", To: "wren.main@workinglinks.example" });
    }

    [Fact]
    public void An_escalation_of_yesterday_goes_to_whoever_leads_the_inspection_now()
    {
        using var world = SimActs.Issued("held", toCrc: 1, toNps: 0);
        world.ChaseUpTo(Escalation.AddDays(-1));
        world.GoTo(Escalation);
        world.Chase();
        world.Calmly(async () =>
        {
            var changed = await world.Services.GetRequiredService<EditInspection>().RunAsync(InspectionId.Parse("held", null), new InspectionForm { LeadInspector = new PersonForm("Lena Later", "lena.later@inspectorate.example") }, null, default);
            Assert.False(changed.IsRefused(out var refusal, out _), refusal?.ToString());
        });

        world.ChaseUpTo(Escalation.AddDays(4));

        Assert.Equal(["lena.later@inspectorate.example", "wren.main@workinglinks.example", "wyn.director@workinglinks.example"], Escalations(world).Select(e => e.To).Order(StringComparer.Ordinal));
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
