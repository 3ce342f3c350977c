using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What staff are told would be sent is what would be, and what health waits for is all that asks for something.</summary>
public sealed class ForetoldTests
{
    private const string Id = "told/1";
    private static readonly DateOnly Reminder = new(2017, 9, 14);

    [Fact]
    public void An_email_that_waits_is_foretold_as_long_as_its_reason_stands()
    {
        using var world = Waiting();
        Assert.True(Assert.Single(Rehearsal(world).Emails, e => e.To.Name == "Dana Main").Waits);

        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Pause(state, now, new DateOnly(2017, 9, 29), "A move")).Refusal);

        Assert.DoesNotContain(Rehearsal(world).Emails, e => e.Kind == MessageKind.Reminder);
    }

    [Fact]
    public void An_email_to_whoever_is_no_contact_any_more_is_not_foretold()
    {
        using var world = Waiting();
        world.Calmly(async () =>
        {
            var table = world.Services.GetRequiredService<OrganisationsTable>();
            var row = (await table.FindAsync(Gloucestershire.Crc.Id, default))!;
            await table.SaveAsync(row, row.Value with { Contacts = [A.Contact("New Main")] }, "test", world.Clock.UtcNow, default);
        });

        Assert.DoesNotContain(Rehearsal(world).Emails, e => e.To.Name == "Dana Main");
    }

    [Fact]
    public void What_waits_from_yesterday_and_what_falls_due_today_are_foretold_as_the_one_email_that_they_are()
    {
        using var world = Waiting();
        world.GoTo(Reminder.AddDays(1));
        world.Issue("more", 1, 0, Reminder.AddDays(1));

        var email = Assert.Single(Rehearsal(world).Emails, e => e.To.Name == "Dana Main");

        Assert.Equal(["more/1", "told/1"], email.About.Select(a => a.RecommendationId).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(MessageStatus.Pending, 0, 0, false, true)]
    [InlineData(MessageStatus.Planning, 0, 0, false, true)]
    [InlineData(MessageStatus.Unknown, 1, 0, false, true)]
    [InlineData(MessageStatus.Unknown, 1, 1, false, false)] // SendGrid has half an hour to tell
    [InlineData(MessageStatus.Unknown, 2, 0, false, false)]
    [InlineData(MessageStatus.Unknown, 1, 0, true, false)]
    [InlineData(MessageStatus.Claimed, 1, 0, false, false)]
    public void What_is_unknown_is_foretold_only_while_it_would_be_sent_again(MessageStatus status, int attempts, int minutes, bool repeats, bool goes)
    {
        var situation = Situations.On(A.Message().On.AddDays(1));
        var message = A.Message() with { Status = status, Attempts = attempts, Repeats = repeats, NotBefore = situation.Now.AddMinutes(minutes), LeaseUntil = DateTimeOffset.MaxValue };

        Assert.Equal(goes, RehearseWaiting.MayGo(message, situation, situation.Now));
    }

    [Fact]
    public void The_notices_of_an_inspection_that_cannot_be_issued_are_not_foretold_but_said_to_wait()
    {
        using var world = SimActs.Issued("told", toCrc: 1, toNps: 0);
        var inspection = A.Inspection("stuck", "stuck", SimActs.Day, "stuck") with { Stage = InspectionStage.Scheduled, IssuedOn = null };
        world.Calmly(async () =>
        {
            var table = world.Services.GetRequiredService<OrganisationsTable>();
            var row = (await table.FindAsync(Gloucestershire.Nps.Id, default))!;
            await table.SaveAsync(row, row.Value with { Contacts = [] }, "test", world.Clock.UtcNow, default);
            await world.Services.GetRequiredService<InspectionsTable>().InsertAsync(inspection, [new DraftRecommendation { Number = RecommendationNumber.Parse("1", null), OrganisationId = Gloucestershire.Nps.Id, Text = "Do it" }], default);
        });
        world.GoTo(SimActs.Day.AddDays(1));

        var outlook = world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(30, default));

        Assert.DoesNotContain(outlook.Entries, e => e.RecommendationIds.Contains("stuck/1"));
        var wait = Assert.Single(outlook.Waiting, w => w.State.Id.ToString() == "stuck/1");
        Assert.Contains("has no valid main contact", wait.Why, StringComparison.Ordinal);
        Assert.Equal("/staff/inspections/stuck", wait.Page);
    }

    [Fact]
    public void A_letter_that_opens_an_ask_and_does_not_leave_turns_health_late_as_chasing_does()
    {
        using var world = SimActs.Issued("told", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        Assert.False(world.Get(s => s.GetRequiredService<ReassignRecommendation>().RunAsync(RecommendationId.Parse(Id, null), Command.By(new Actor(ActorKind.Staff, "Grace Adebayo")), Gloucestershire.Nps.Id.ToString(), "It is theirs", null, default)).IsRefused(out _, out _));
        world.Queues.Rings.Clear();
        world.GoTo(SimActs.Day, 12);
        world.Chase();

        Assert.NotNull(world.Get(s => s.GetRequiredService<RunsTable>().FindAsync(ChaseRecommendations.Job, [], default))!.LateSince);
    }

    /// <summary>The first reminder is planned, and nobody has sent it.</summary>
    private static SimWorld Waiting()
    {
        var world = SimActs.Issued("told", toCrc: 1, toNps: 0);
        world.ChaseUpTo(Reminder.AddDays(-1));
        world.GoTo(Reminder);
        world.Chase();
        return world;
    }

    private static Rehearsal Rehearsal(SimWorld world) => world.Get(s => s.GetRequiredService<RehearseChase>().RunAsync(default));
}
