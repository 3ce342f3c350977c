using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Chasing;

/// <summary>An inspection that was put down for its publication.</summary>
public sealed class CarryOnIssueTests : IDisposable
{
    private readonly CalmWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void One_that_can_be_issued_no_more_gives_staff_a_task_until_it_is_issued()
    {
        var on = world.Today.AddDays(1);
        world.World.Issue("later-2017-09", 1, 0, on);
        Contacts([]);
        world.MoveTo(on);

        Assert.NotEmpty(world.Chase().Failures);
        var task = Assert.Single(world.OpenTasks());
        Assert.Equal((TaskKind.InspectionNotIssued, "later-2017-09"), (task.Kind, task.Subject));
        Assert.Contains("has no valid main contact", task.Why, StringComparison.Ordinal);
        world.Chase();
        Assert.Single(world.OpenTasks());

        Contacts(Gloucestershire.Crc.Contacts);
        Assert.Empty(world.Chase().Failures);

        Assert.Empty(world.OpenTasks());
        Assert.Single(world.World.SendGrid.Inbox);
    }

    private void Contacts(IReadOnlyList<Contact> contacts) => world.Do(async () =>
    {
        var organisations = world.The<OrganisationsTable>();
        var row = (await organisations.FindAsync(Gloucestershire.Crc.Id, default))!;
        Assert.True(await organisations.SaveAsync(row, row.Value with { Contacts = contacts }, "test", world.World.Clock.UtcNow, default));
    });
}
