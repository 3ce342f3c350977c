using FollowUp.Chasing;
using FollowUp.Recommendations;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Chasing;

/// <summary>What runs of the chase take of a day's emails, where one of them sleeps or is killed.</summary>
public sealed class DayBudgetTests : IDisposable
{
    private static readonly DateTimeOffset Morning = new(2017, 9, 14, 8, 0, 0, TimeSpan.Zero);
    private readonly SimWorld world = new(1, Morning, new Dictionary<string, string?> { ["Chasing:DailyCap"] = "5" });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task What_a_run_did_not_use_is_there_for_the_next_one()
    {
        using var first = await OpenAsync();
        Assert.True(await first.TakeAsync(3, Stop));
        await first.ReturnAsync(Stop);
        using var second = await OpenAsync();

        Assert.True(await second.TakeAsync(2, Stop));
    }

    [Fact]
    public async Task A_run_that_slept_neither_gives_back_nor_uses_what_others_have_counted_anew()
    {
        using var sleeper = await OpenAsync();
        Assert.True(await sleeper.TakeAsync(1, Stop));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        using var second = await OpenAsync();
        Assert.True(await second.TakeAsync(5, Stop));

        Assert.True(sleeper.HasLapsed);
        Assert.False(await sleeper.TakeAsync(1, Stop));
        await sleeper.ReturnAsync(Stop);

        using var third = await OpenAsync();
        Assert.False(await third.TakeAsync(1, Stop));
    }

    [Fact]
    public async Task Nobody_counts_a_day_while_somebody_writes_what_was_taken_of_it()
    {
        using var writer = await OpenAsync();
        Assert.True(await writer.TakeAsync(5, Stop));
        await writer.ReturnAsync(Stop, isWritten: false);

        using var other = await OpenAsync();
        Assert.False(await other.TakeAsync(1, Stop));
        Assert.Null(other.Hold);

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        using var later = await OpenAsync();
        Assert.True(await later.TakeAsync(5, Stop));
    }

    private async Task<DayBudget> OpenAsync()
    {
        var situation = await world.Services.GetRequiredService<ReadSituation>().RunAsync(Stop);
        return await world.Services.GetRequiredService<OpenDayBudget>().RunAsync(situation, Stop);
    }
}
