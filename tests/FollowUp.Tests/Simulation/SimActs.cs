using Azure.Data.Tables;
using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Simulation;

/// <summary>What a test does with the service over the modelled storage, where nothing goes wrong but what it says.</summary>
internal static class SimActs
{
    /// <summary>The first day of the story, a Thursday.</summary>
    public static readonly DateOnly Day = new(2017, 8, 31);

    /// <summary>An inspection that is issued today, at nine.</summary>
    public static SimWorld Issued(string id, int toCrc = 2, int toNps = 1, params IEnumerable<(string Name, string Value)> settings)
    {
        var world = new SimWorld(1, LondonTime.At(Day, new TimeOnly(9, 0)), settings.Append(("Chasing:AtOnce", "1")).ToDictionary(s => s.Item1, s => (string?)s.Item2));
        world.LoadDirectory();
        world.Issue(id, toCrc, toNps, Day);
        return world;
    }

    public static T Get<T>(this SimWorld world, Func<IServiceProvider, Task<T>> read, Func<string?, string, bool>? failsAt = null)
    {
        T? value = default;
        world.Calmly(async () => value = await read(world.Services), failsAt);
        return value!;
    }

    public static void GoTo(this SimWorld world, DateOnly day, int hour = 9) => world.Clock.AdvanceTo(LondonTime.At(day, new TimeOnly(hour, 0)));

    public static ChaseResult Chase(this SimWorld world) => world.Get(async s =>
    {
        using var time = new RunTime(TimeProvider.System, default);
        return await s.GetRequiredService<ChaseRecommendations>().RunAsync(time);
    });

    /// <summary>The chase, and every email that waits is sent.</summary>
    public static ChaseNowResult ChaseAndSend(this SimWorld world, Func<string?, string, bool>? failsAt = null) => world.Get(s => s.GetRequiredService<ChaseNow>().RunAsync(default), failsAt);

    /// <summary>The chase and its emails, on each working day up to one.</summary>
    public static void ChaseUpTo(this SimWorld world, DateOnly day)
    {
        while (world.Clock.UtcNow.LondonDate() < day)
        {
            world.GoTo(world.Clock.UtcNow.LondonDate().AddDays(1));
            world.ChaseAndSend();
        }
    }

    public static SweepResult Sweep(this SimWorld world) => world.Get(async s =>
    {
        using var time = new RunTime(TimeProvider.System, default);
        return await s.GetRequiredService<SweepRegister>().RunAsync(time);
    });

    public static void Tell(this SimWorld world, params IReadOnlyList<SendGridEvent> events) => world.Calmly(() => world.Services.GetRequiredService<SendGridWebhook>().RunAsync(events, default));

    public static Recommendation State(this SimWorld world, OrganisationId of, string id) => world.Get(async s => (await s.GetRequiredService<RegisterTable>().FindAsync(of, RecommendationId.Parse(id, null), default))!.Value);

    public static Outcome<Recommendation> Change(this SimWorld world, string id, Func<Recommendation, Situation, Outcome<Change>> rule) =>
        world.Get(s => s.GetRequiredService<ChangeRecommendation>().RunAsync(RecommendationId.Parse(id, null), Command.By(new Actor(ActorKind.Staff, "Grace Adebayo")), rule, default));

    public static IReadOnlyList<Message> Messages(this SimWorld world) =>
        [.. world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("msg|", StringComparison.Ordinal)).Select(e => Document.Read<Message>(e).Value)];

    /// <summary>Writes a row as it is, over whatever is there.</summary>
    public static void Put(this SimWorld world, string table, TableEntity row) => world.Calmly(() => world.Tables[table].UpsertEntityAsync(row, TableUpdateMode.Replace));

    /// <summary>Loses all rows of a table.</summary>
    public static void Lose(this SimWorld world, string table) => world.Calmly(async () =>
    {
        foreach (var row in world.Tables[table].All.ToList())
        {
            await world.Tables[table].DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }
    });
}
