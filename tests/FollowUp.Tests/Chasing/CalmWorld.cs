using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Storage;
using FollowUp.Tests.Simulation;
using FollowUp.Time;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>The simulated world with nothing going wrong by itself: the real rooms over modelled storage, for a test that brings its own fault.</summary>
internal sealed class CalmWorld : IDisposable
{
    private static readonly DateTimeOffset Morning = LondonTime.At(new DateOnly(2017, 8, 31), new TimeOnly(9, 0));

    public CalmWorld(Dictionary<string, string?>? settings = null)
    {
        World = new SimWorld(1, Morning, new Dictionary<string, string?>(settings ?? []) { ["Chasing:AtOnce"] = "1" });
        World.LoadDirectory();
    }

    public SimWorld World { get; }

    public DateOnly Today => World.Clock.UtcNow.LondonDate();

    public T The<T>()
        where T : notnull => World.Services.GetRequiredService<T>();

    public void Dispose() => World.Dispose();

    public void Do(Func<Task> work) => World.Calmly(work);

    public T Do<T>(Func<Task<T>> work)
    {
        var result = default(T)!;
        World.Calmly(async () => result = await work());
        return result;
    }

    public void MoveTo(DateOnly day, int hour = 9, int minute = 0) => World.Clock.AdvanceTo(LondonTime.At(day, new TimeOnly(hour, minute)));

    /// <summary>One run of the chase.</summary>
    /// <param name="good">After which nothing more is to be begun.</param>
    public ChaseResult Plan(TimeSpan? good = null)
    {
        using var time = new RunTime(TimeProvider.System, good ?? TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5), default);
        return Do(() => The<ChaseRecommendations>().RunAsync(time));
    }

    /// <summary>One run of the chase, and then a sender for every bell, one after another.</summary>
    public ChaseResult Chase()
    {
        var result = Plan();
        while (Ring())
        {
        }

        return result;
    }

    /// <summary>Answers the bell that has rung for longest.</summary>
    /// <returns>Whether one had.</returns>
    public bool Ring()
    {
        if (World.Queues.Rings is not [var first, ..])
        {
            return false;
        }

        World.Queues.Rings.RemoveAt(0);
        Do(() => The<SendEmail>().RunAsync(Json.Read<EmailRing>(first), default));
        return true;
    }

    public IReadOnlyList<StaffTask> OpenTasks() => Do(() => The<TasksTable>().OpenTasksAsync(default));

    /// <summary>Every message of an organisation, as its row stands.</summary>
    public IReadOnlyList<Message> Messages(OrganisationId organisation) => Do(async () =>
        await The<RegisterTable>().MessagesAsync(organisation, Today.AddDays(-365), default, []).Select(row => row.Value).ToListAsync());
}
