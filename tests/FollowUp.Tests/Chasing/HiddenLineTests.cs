using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>The row of the organisation above cannot be read while something is to go up to it.</summary>
public sealed class HiddenLineTests
{
    private const string Owner = "wren.main@workinglinks.example";
    private const string Lead = "ines.lead@inspectorate.example";

    [Fact]
    public void What_goes_up_waits_with_the_reason_and_reaches_those_above_when_the_row_can_be_read_again()
    {
        using var world = SimActs.Issued("hidden", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        var escalation = Foretold(world);
        world.ChaseUpTo(escalation.AddDays(-1));
        var row = new TableEntity(world.Tables["Organisations"].Find("directory", $"org|{Gloucestershire.WorkingLinks.Id}")!);
        world.Put("Organisations", new TableEntity(row) { ["v"] = 99 });

        world.ChaseUpTo(escalation);
        Assert.DoesNotContain(world.SendGrid.Inbox, e => e.To is Owner or Lead);
        var outlook = world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(30, default));
        Assert.DoesNotContain(outlook.Entries, e => e.Upward);
        Assert.Contains(outlook.Waiting, w => w.Why == ChasePlan.LineIsHidden);

        world.Put("Organisations", row);
        world.GoTo(escalation, hour: 15);
        world.ChaseAndSend();
        Assert.Single(world.SendGrid.Inbox, e => e.To == Owner);
        Assert.Single(world.SendGrid.Inbox, e => e.To == Lead);
    }

    private static DateOnly Foretold(SimWorld world) =>
        world.Get(s => s.GetRequiredService<ReadOutlook>().RunAsync(120, default)).Entries.First(e => e.Recipients.Any(r => r.Email == Owner)).On;
}
