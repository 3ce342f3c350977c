using FollowUp.Chasing;
using FollowUp.Email;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>Somebody else leads one of the inspections that an email to their lead is about.</summary>
public sealed class ChangedLeadTests
{
    private const string Before = "ines.lead@inspectorate.example";
    private const string After = "mara.new@inspectorate.example";

    [Fact]
    public void Each_lead_gets_what_is_about_their_own_inspection()
    {
        using var world = SimActs.Issued("one", toCrc: 1, toNps: 0);
        world.Issue("two", 1, 0, SimActs.Day);
        world.ChaseAndSend();
        var escalation = OnWhichTheLeadIsWrittenTo(world);
        Assert.Equal(["one/1", "two/1"], ItemsTo(world, Before, escalation));

        Lead(world, "two", After);
        world.ChaseAndSend();
        world.ChaseUpTo(escalation.AddDays(5));

        Assert.Equal(["one/1"], ItemsTo(world, Before, escalation));
        Assert.Equal(["two/1"], ItemsTo(world, After, escalation));
        Assert.Equal(1, world.SendGrid.Inbox.Count(e => e.To == After));
        Assert.Contains(world.Messages(), m => m.Recipient.Email.ToString() == Before && m.Timeline.Any(t => t.What == "handedOver" && t.Detail == "two/1: somebody else leads the inspection by now."));
    }

    [Fact]
    public void What_the_new_lead_has_had_is_not_sent_twice()
    {
        using var world = SimActs.Issued("one", toCrc: 1, toNps: 0);
        world.Issue("two", 1, 0, SimActs.Day);
        world.ChaseAndSend();
        var escalation = OnWhichTheLeadIsWrittenTo(world);
        var toBefore = world.Messages().Single(m => m.On == escalation && m.Recipient.Email.ToString() == Before);
        var recipient = toBefore.Recipient with { Email = EmailAddress.Parse(After, null) };
        world.Put("Register", Document.Entity(toBefore.OrganisationId.ToString(), RegisterTable.ChasingKey(recipient, escalation), toBefore with { Mid = Mid.New(escalation), Recipient = recipient, Status = MessageStatus.Accepted }));

        Lead(world, "two", After);
        world.ChaseAndSend();

        Assert.Equal(["one/1"], ItemsTo(world, Before, escalation));
        Assert.DoesNotContain(world.SendGrid.Inbox, e => e.To == After);
    }

    /// <summary>Goes on to the day on which something for the lead is planned, and has not left.</summary>
    private static DateOnly OnWhichTheLeadIsWrittenTo(SimWorld world)
    {
        for (var day = SimActs.Day.AddDays(1); ; day = day.AddDays(1))
        {
            world.GoTo(day);
            world.Chase();
            if (world.Messages().Any(m => m.On == day && m.Recipient.Email.ToString() == Before))
            {
                return day;
            }

            world.ChaseAndSend();
        }
    }

    private static IReadOnlyList<string> ItemsTo(SimWorld world, string email, DateOnly from) =>
        [.. world.Messages().Where(m => m.On >= from && m.Recipient.Email.ToString() == email && m.Status is MessageStatus.Pending or MessageStatus.Accepted).SelectMany(m => m.Items).Select(i => i.Recommendation.ToString()).Distinct().Order()];

    private static void Lead(SimWorld world, string inspection, string email) => world.Calmly(async () =>
    {
        var inspections = world.Services.GetRequiredService<InspectionsTable>();
        var row = (await inspections.FindAsync(InspectionId.Parse(inspection, null), default))!;
        Assert.True(await inspections.ReplaceAsync(row, row.Value with { LeadInspector = new Person("Mara New", EmailAddress.Parse(email, null)) }, default));
    });
}
