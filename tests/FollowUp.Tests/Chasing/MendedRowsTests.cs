using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Time;

namespace FollowUp.Tests.Chasing;

/// <summary>The task about a row that cannot be read ends when somebody has put the row right.</summary>
public sealed class MendedRowsTests : IDisposable
{
    private readonly CalmWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("Register", "bgsw-crc", "rec|damaged-2017-08|001")]
    [InlineData("Addresses", "suspended", "0123456789abcdef0123456789abcdef")]
    public void A_row_that_is_put_right_is_no_task_any_more(string table, string partition, string row)
    {
        world.World.Issue("damaged-2017-08", 1, 0, world.Today);
        var before = world.World.Tables[table].Find(partition, row);
        Put(table, new TableEntity(before ?? new TableEntity(partition, row) { ["json0"] = "{}" }) { ["v"] = 2 });
        Sweep();
        Assert.Equal(TaskKind.UnreadableRow, Assert.Single(world.OpenTasks()).Kind);
        Sweep();
        Assert.Single(world.OpenTasks());

        if (before is null)
            world.Do(() => world.World.Tables[table].DeleteEntityAsync(partition, row));
        else
            Put(table, before);
        Sweep();

        Assert.Empty(world.OpenTasks());
    }

    private void Put(string table, TableEntity entity) => world.Do(() => world.World.Tables[table].UpsertEntityAsync(entity));

    private void Sweep() => world.Do(() => world.The<SweepRegister>().RunAsync(new RunTime(TimeProvider.System, default)));
}
