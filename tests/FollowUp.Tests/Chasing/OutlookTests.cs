using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>The outlook foretells what is sent, no more and no less.</summary>
public sealed class OutlookTests
{
    [Fact]
    public void What_is_planned_and_waits_while_sending_is_stopped_is_in_it()
    {
        using var world = SimActs.Issued("seen", toCrc: 2, toNps: 0);
        world.Calmly(() => world.Services.GetRequiredService<KeepSendingSafe>().StopAsync("A letter is wrong", Situations.Reviewer, default));
        world.ChaseAndSend();
        Assert.Empty(world.SendGrid.Inbox);

        var first = Outlook(world, days: 14)[0];

        Assert.Equal((SimActs.Day, "Notice"), (first.On, first.Step));
        Assert.Equal(["seen/1", "seen/2"], first.RecommendationIds);
        Assert.Equal(["dana.main@bgsw.example"], first.Recipients.Select(r => r.Email));
        world.GoTo(SimActs.Day, hour: 19);
        Assert.Equal(SimActs.Day.AddDays(1), Outlook(world, days: 14)[0].On);
    }

    [Fact]
    public void What_is_planned_and_held_since_is_in_it_on_the_day_after_the_hold()
    {
        using var world = SimActs.Issued("seen", toCrc: 1, toNps: 0);
        world.ChaseUpTo(new DateOnly(2017, 10, 11));
        world.GoTo(new DateOnly(2017, 10, 12));
        var place = world.Chase().Places[0];
        world.Calmly(() => world.Services.GetRequiredService<SendEmail>().RunAsync(new EmailRing(place.Mid, place.Organisation, place.RowKey), default));
        Assert.Null(world.Change("seen/1", (state, now) => UpwardCommands.Hold(state, now, new DateOnly(2017, 10, 20), "A call")).Refusal);

        var first = Outlook(world, days: 14)[0];

        Assert.Equal((new DateOnly(2017, 10, 23), "Escalation", 2), (first.On, first.Step, first.Recipients.Count));
    }

    [Fact]
    public void Where_nobody_of_the_organisation_can_be_told_nothing_overdue_is_in_it_as_nothing_is_sent()
    {
        using var world = SimActs.Issued("seen", toCrc: 1, toNps: 0);
        foreach (var contact in Gloucestershire.Crc.Contacts)
        {
            world.Calmly(() => world.Services.GetRequiredService<AddressesTable>().SuspendAsync(new SuspendedAddress(contact.Email, world.Clock.UtcNow, "It bounced.", null), default));
        }

        var foretold = Outlook(world, days: 90);
        Assert.Equal(["Notice", "First reminder", "Second reminder", "Last call"], foretold.Select(e => e.Step));

        world.ChaseAndSend();
        Assert.Equal(["First reminder", "Second reminder", "Last call"], Outlook(world, days: 90).Select(e => e.Step));
        world.ChaseUpTo(SimActs.Day.AddDays(90));
        Assert.Equal(foretold.SelectMany(e => e.Recipients.Select(r => (e.On, r.Email))).Order(), world.SendGrid.Inbox.Select(e => (e.At.LondonDate(), e.To)).Order());
    }

    [Fact]
    public void What_falls_due_after_the_days_email_has_gone_is_in_it_on_the_next_working_day_with_the_reason()
    {
        using var world = SimActs.Issued("seen", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        world.GoTo(SimActs.Day, hour: 14);
        world.Issue("later", 1, 0, SimActs.Day);
        var sent = world.SendGrid.Inbox.Count;

        var outlook = world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(14, default));

        var notice = Assert.Single(outlook.Entries, e => e.Step == "Notice");
        Assert.Equal((SimActs.Day.AddDays(1), "later/1"), (notice.On, Assert.Single(notice.RecommendationIds)));
        var wait = Assert.Single(outlook.Waiting);
        Assert.Equal(("later/1", "The next step waits", ChasePlan.DayIsClosed), (wait.State.Id.ToString(), wait.What, wait.Why));
        world.ChaseAndSend();
        Assert.Equal(sent, world.SendGrid.Inbox.Count);
        world.GoTo(SimActs.Day.AddDays(1));
        Assert.Equal(1, world.ChaseAndSend().Sent);
    }

    [Fact]
    public void What_a_held_day_takes_no_more_stands_on_the_next_working_day_with_the_reason()
    {
        using var world = SimActs.Issued("seen", 1, 1, ("Chasing:DailyCap", "1"));
        world.ChaseAndSend();
        Assert.Single(world.SendGrid.Inbox);

        var outlook = world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(5, default));

        var notice = Assert.Single(outlook.Entries, e => e.Step == "Notice");
        Assert.Equal(SimActs.Day.AddDays(1), notice.On);
        var wait = Assert.Single(outlook.Waiting);
        Assert.Equal((Assert.Single(notice.RecommendationIds), "The next step waits", "No more than 1 chasing emails are sent on a day."), (wait.State.Id.ToString(), wait.What, wait.Why));
    }

    [Fact]
    public void Where_chasing_rests_on_no_day_weekends_are_in_it()
    {
        var saturday = new DateOnly(2017, 9, 2);
        using var world = SimActs.Issued("seen", 1, 0, ("Chasing:WorkingDaysOnly", "false"));
        world.ChaseAndSend();
        world.GoTo(saturday, hour: 7);
        world.Issue("weekend", 1, 0, saturday);

        Assert.Equal((saturday, "Notice"), Outlook(world, days: 14).Select(e => (e.On, e.Step)).First());
        world.GoTo(saturday);
        Assert.Equal(1, world.ChaseAndSend().Sent);
    }

    private static IReadOnlyList<OutlookEntry> Outlook(SimWorld world, int days) => world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(days, default)).Entries;
}
