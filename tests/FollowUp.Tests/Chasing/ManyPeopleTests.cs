using FollowUp.Organisations;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

public sealed class ManyPeopleTests
{
    [Fact]
    public void A_step_that_goes_to_many_people_is_planned()
    {
        const int people = 90;
        using var world = SimActs.Issued("many", toCrc: 0, toNps: 1);
        world.Calmly(async () =>
        {
            var table = world.Services.GetRequiredService<OrganisationsTable>();
            var row = (await table.FindAsync(Gloucestershire.Crc.Id, default))!;
            await table.SaveAsync(row, row.Value with { Contacts = [.. Enumerable.Range(1, people).Select(n => A.Contact($"Main {n}"))] }, "test", world.Clock.UtcNow, default);
        });
        world.Issue("many-2", toCrc: 14, toNps: 0, SimActs.Day);

        Assert.Empty(world.ChaseAndSend().Failures);

        Assert.Equal(people, world.Messages().Count(m => m.OrganisationId == Gloucestershire.Crc.Id && m.Items.Count == 14));
    }
}
