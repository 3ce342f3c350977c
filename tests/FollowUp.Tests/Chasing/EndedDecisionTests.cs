using FollowUp.Chasing;
using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Reviews;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;
using EventLetters = FollowUp.Recommendations.Letters;

namespace FollowUp.Tests.Chasing;

/// <summary>What staff decide about recommendations of an organisation that has ended is recorded, asked of nobody, and a task.</summary>
public sealed class EndedDecisionTests
{
    private const string Owed = "ended/1";
    private const string Answered = "ended/2";
    private static readonly DateOnly Until = new(2017, 9, 15);

    [Fact]
    public void An_ask_that_opens_after_the_organisation_s_task_was_done_is_a_task_at_once()
    {
        using var world = Ended();
        Done(world, Assert.Single(OpenTasks(world)));
        world.ChaseUpTo(new DateOnly(2017, 9, 20));
        Assert.Empty(OpenTasks(world));

        Assert.Null(world.Change(Answered, (state, now) => ReviewRule.Review(state, now, Judgement.Acceptable, "Well done", null, Situations.Reviewer)).Refusal);

        var task = Assert.Single(OpenTasks(world));
        Assert.Equal((TaskKind.OrganisationEnded, A.RecommendationId(Answered)), (task.Kind, task.Recommendation));
        Assert.Contains(Gloucestershire.Nps.Name, task.What, StringComparison.Ordinal);
        world.ChaseUpTo(new DateOnly(2017, 9, 22));
        var letter = Assert.Single(world.Messages(), m => m.On > Until);
        Assert.Equal(("accepted", null), (letter.Letter!.Template, letter.Letter.Facts<EventLetters.Accepted>().ProgressDueOn));
        Assert.StartsWith("Answer accepted", letter.Subject, StringComparison.Ordinal);
        Assert.Equal(LadderRule.NoStep, world.State(Gloucestershire.Crc.Id, Answered).Ask.Ladder.LastStep);

        Done(world, task);
        world.Sweep();
        world.ChaseUpTo(new DateOnly(2017, 9, 25));
        Assert.Empty(OpenTasks(world));
    }

    [Fact]
    public void Such_a_task_is_over_with_its_ask()
    {
        using var world = Ended();
        Assert.Null(world.Change(Answered, (state, now) => ReviewRule.Review(state, now, Judgement.Unacceptable, "Not enough", new DateOnly(2017, 10, 20), Situations.Reviewer)).Refusal);
        Assert.Equal(2, OpenTasks(world).Count);

        Assert.Null(world.Change(Answered, (state, now) => ReviewRule.Close(state, now, ClosureReason.Superseded, null, Situations.Reviewer)).Refusal);
        world.Sweep();

        Assert.Null(Assert.Single(OpenTasks(world)).Recommendation);
    }

    [Fact]
    public void Reopening_tells_nobody_of_it_and_is_a_task()
    {
        using var world = Ended();
        Assert.Null(world.Change(Owed, (state, now) => ReviewRule.Close(state, now, ClosureReason.Superseded, null, Situations.Reviewer)).Refusal);
        world.ChaseAndSend();
        var before = world.Messages().Count;

        Assert.Null(world.Change(Owed, (state, now) => ReviewRule.Reopen(state, now, "Too soon", new DateOnly(2017, 10, 20))).Refusal);
        world.ChaseUpTo(new DateOnly(2017, 9, 25));
        world.Sweep();

        Assert.Equal(before, world.Messages().Count);
        Assert.Single(OpenTasks(world), t => t.Recommendation == A.RecommendationId(Owed));
    }

    [Fact]
    public void An_end_that_was_a_mistake_lets_the_notice_go()
    {
        using var world = Ended();
        Assert.Null(world.Change(Answered, (state, now) => ReviewRule.Review(state, now, Judgement.Unacceptable, "Not enough", new DateOnly(2017, 10, 20), Situations.Reviewer)).Refusal);
        world.ChaseAndSend();
        SetUntil(world, null);

        world.ChaseUpTo(new DateOnly(2017, 9, 19));

        Assert.Contains(world.Messages(), m => m.Kind == MessageKind.Notice && m.WasTaken && m.Items.Any(i => i.Recommendation == A.RecommendationId(Answered) && i.AskVersion > 1));
    }

    [Fact]
    public void Contacts_that_come_and_go_again_within_the_month_are_a_task_again()
    {
        var (then, now) = (Situations.On(new DateOnly(2017, 9, 5)), Situations.On(new DateOnly(2017, 9, 20)));
        var until = A.Contact("Later Main") with { Until = new DateOnly(2017, 9, 19) };
        var (none, gone) = (Gloucestershire.Crc with { Contacts = [] }, Gloucestershire.Crc with { Contacts = [until] });

        Assert.Equal(Tasks.NoContact(none, then).Key, Tasks.NoContact(gone, now).Key);
        Assert.NotEqual(Tasks.NoContact(none, then).Cause, Tasks.NoContact(gone, now).Cause);
        Assert.Equal(Tasks.NoContact(none, then).Cause, Tasks.NoContact(none, now).Cause);

        using var world = SimActs.Issued("ended", toCrc: 1, toNps: 0);
        Open(world, Tasks.NoContact(none, then));
        Done(world, Assert.Single(OpenTasks(world)));
        Open(world, Tasks.NoContact(none, now));
        Assert.Empty(OpenTasks(world));
        Open(world, Tasks.NoContact(gone, now));
        Assert.Single(OpenTasks(world));
    }

    /// <summary>The organisation ended on a Friday, owing one answer; the other had come before. It is the Monday after.</summary>
    private static SimWorld Ended()
    {
        var world = SimActs.Issued("ended", toCrc: 2, toNps: 0);
        world.ChaseUpTo(Until);
        Assert.Null(world.Change(Answered, (state, now) => new Change(
            state with { Status = RecommendationStatus.Responded, Answer = A.Answer(Position.Agreed, A.Action()), Ask = state.Ask with { ClosedOn = now.Today } }, [new NewEvent(EventTypes.Answered, new { })], Change.NoLetters)).Refusal);
        SetUntil(world, Until);
        world.ChaseUpTo(new DateOnly(2017, 9, 18));
        world.Sweep();
        return world;
    }

    private static void SetUntil(SimWorld world, DateOnly? until) => world.Calmly(async () =>
    {
        var table = world.Services.GetRequiredService<OrganisationsTable>();
        var row = (await table.FindAsync(Gloucestershire.Crc.Id, default))!;
        Assert.True(await table.SaveAsync(row, row.Value with { Until = until, Successor = Gloucestershire.Nps.Id }, "Sim", world.Clock.UtcNow, default));
    });

    private static void Open(SimWorld world, StaffTask task) => world.Calmly(() => world.Services.GetRequiredService<TasksTable>().OpenAsync(task, default));

    private static void Done(SimWorld world, StaffTask task) =>
        Assert.Null(world.Get(s => s.GetRequiredService<DoTask>().DoneAsync(task.OrganisationId, task.Key, Situations.Reviewer, default)).Refusal);

    private static IReadOnlyList<StaffTask> OpenTasks(SimWorld world) => [.. world.Get(s => s.GetRequiredService<TasksTable>().OpenTasksAsync(default)).Where(t => t.Kind is TaskKind.OrganisationEnded or TaskKind.NoContact)];
}
