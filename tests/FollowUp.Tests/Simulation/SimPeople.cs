using FollowUp.Recommendations;
using FollowUp.Reviews;
using FollowUp.Storage;
using FollowUp.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Tests.Simulation;

/// <summary>What people do about recommendations: they answer, report, review, move a date, hold, close, and give to others.</summary>
internal sealed class SimPeople(SimWorld world, SimRuns runs)
{
    private const int WritesOfAMove = 14;
    private static readonly Actor By = new(ActorKind.Staff, "Sim");

    public void DoSomething(DateOnly today)
    {
        var rows = world.Tables["Register"].All.Where(e => e.RowKey.StartsWith("rec|", StringComparison.Ordinal)).Select(e => Document.Read<Recommendation>(e).Value).Where(r => r.Move is null).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        var state = rows[world.Random.Next(rows.Count)];
        var until = today.AddDays(world.Random.Next(1, 30));
        var what = world.Random.Next(14);
        if (what == 13)
        {
            // It goes over several partitions, and every second time its process is killed somewhere on the way
            runs.Act("reassign", world.Random.Next(2) == 0 ? world.Random.Next(1, WritesOfAMove + 1) : null, (services, stop) => GiveToOthersAsync(state, services, stop));
            return;
        }

        world.Calmly(() => ChangeAsync(state.Id, (s, now) => Rule(what, s, now, until)));
    }

    private static Outcome<Change> Rule(int what, Recommendation state, Situation now, DateOnly until) => what switch
    {
        0 or 1 => Answer(state, now),
        2 => ReviewRule.Review(state, now, Judgement.Acceptable, null, null, By),
        3 => ReviewRule.Review(state, now, Judgement.Unacceptable, "Not enough", until, By),
        4 or 5 => DeadlineCommands.Extend(state, now, until, "More time"),
        6 => DeadlineCommands.Pause(state, now, until, "A pause"),
        7 => DeadlineCommands.Resume(state, now),
        8 => UpwardCommands.Hold(state, now, until, "A call"),
        9 => UpwardCommands.Release(state, now),
        10 => Report(state, now),
        11 => ReviewRule.Verify(state, now, ProgressJudgement.Insufficient, null, By),
        _ => state.Status == RecommendationStatus.Closed ? ReviewRule.Reopen(state, now, "It was not done", until) : ReviewRule.Close(state, now, ClosureReason.Implemented, null, By),
    };

    private Task ChangeAsync(RecommendationId id, Func<Recommendation, Situation, Outcome<Change>> rule) =>
        world.Services.GetRequiredService<ChangeRecommendation>().RunAsync(id, Command.By(By), rule, default);

    private static Task GiveToOthersAsync(Recommendation state, IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<ReassignRecommendation>().RunAsync(
            state.Id, Command.By(By), (state.OrganisationId == Gloucestershire.Crc.Id ? Gloucestershire.Nps : Gloucestershire.Crc).Id.ToString(), "Wrong one", null, stop);

    private static Outcome<Change> Answer(Recommendation state, Situation now) => state.Ask is { IsOpen: true, Kind: AskKind.Response }
        ? new Change(
            state with { Status = RecommendationStatus.Responded, Answer = A.Answer(Position.Agreed, A.Action(targetOn: now.Today.AddDays(40))), Review = null, Ask = Ended(state.Ask, now) },
            [new NewEvent(EventTypes.Answered, new { })],
            Change.NoLetters)
        : Refusal.Conflict("Nothing is owed.");

    private static Outcome<Change> Report(Recommendation state, Situation now) => state.Ask is { IsOpen: true, Kind: AskKind.Progress }
        ? new Change(
            state with { Updates = [.. state.Updates, new ProgressUpdate { At = now.Now, Text = "Under way", By = A.Answerer, DueOn = state.Ask.DueOn }], Ask = Ended(state.Ask, now) },
            [new NewEvent(EventTypes.Updated, new { })],
            Change.NoLetters)
        : Refusal.Conflict("Nothing is owed.");

    private static Ask Ended(Ask ask, Situation now) => ask with { ClosedOn = now.Today, PausedOn = null, PausedUntil = null };
}
