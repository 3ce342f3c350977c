using FollowUp.Chasing;
using FollowUp.Deadlines;
using FollowUp.Recommendations;
using FollowUp.Reviews;
using FollowUp.Tests.Builders;
using FollowUp.Tests.Simulation;
using EventLetters = FollowUp.Recommendations.Letters;

namespace FollowUp.Tests.Chasing;

/// <summary>A letter that has had to wait says only what still holds when it leaves.</summary>
public sealed class SupersededLetterTests
{
    private const string Id = "late/1";
    private static readonly DateOnly Today = SimActs.Day;
    private static readonly DateOnly First = new(2017, 11, 30);
    private static readonly DateOnly Later = new(2017, 12, 14);
    private static readonly RecommendationId Rec = A.RecommendationId(Id);

    public static TheoryData<string, bool> Asking => new()
    {
        { "reopened", true }, { "reassigned", true }, { "extended", true }, { "resumed", true }, { "timeRefused", true },
        { "closed", false }, { "takenOver", false }, { "answered", false },
    };

    [Theory]
    [MemberData(nameof(Asking))]
    public void What_asks_or_tells_a_deadline_is_sent_only_while_that_holds(string template, bool asks)
    {
        var (letter, state) = (Letter(template), A.Recommendation(ask: A.Ask(lastStep: 0)));
        var item = new MessageItem(state.Id, state.Ask.Version);

        Assert.Same(letter, SupersededRule.Left(letter, item, state, Today));
        Assert.Equal(!asks, SupersededRule.Left(letter, item, state with { Ask = state.Ask with { ClosedOn = Today } }, Today) is not null);
        Assert.Equal(!asks, SupersededRule.Left(letter, item, state with { Ask = state.Ask with { Version = 2 } }, Today) is not null);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void That_chasing_is_paused_is_told_while_it_is(int days, bool isSent)
    {
        var state = A.Recommendation(ask: A.Ask(lastStep: 0) with { PausedOn = Today, PausedUntil = Today });
        var letter = EventLetters.Of(new EventLetters.Paused(Rec, "Do it.", Today, "A fire"));
        Assert.Equal(isSent, SupersededRule.Left(letter, new MessageItem(state.Id, 1), state, Today.AddDays(days)) is not null);
    }

    [Fact]
    public void A_reopening_that_was_taken_back_before_it_was_told_is_not_told()
    {
        using var world = Closed();
        Assert.Null(world.Change(Id, (state, now) => ReviewRule.Reopen(state, now, "Too soon", First)).Refusal);
        Assert.Null(world.Change(Id, (state, now) => ReviewRule.Close(state, now, ClosureReason.Withdrawn, null, Situations.Reviewer)).Refusal);

        world.ChaseUpTo(Today.AddDays(5));

        var reopened = Assert.Single(world.Messages(), m => m.Letter?.Template == "reopened");
        Assert.Equal(MessageStatus.Cancelled, reopened.Status);
        Assert.Contains("answered or closed", reopened.Timeline[^1].Detail, StringComparison.Ordinal);
        Assert.Equal(2, world.Messages().Count(m => m.Letter?.Template == "closed" && m.WasTaken));
    }

    [Fact]
    public void A_new_deadline_before_the_reopening_was_told_is_told_by_the_one_notice()
    {
        using var world = Closed();
        Assert.Null(world.Change(Id, (state, now) => ReviewRule.Reopen(state, now, "Too soon", First)).Refusal);
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Extend(state, now, Later, "It was too short")).Refusal);

        world.ChaseAndSend();

        var told = Assert.Single(world.Messages(), m => m.WasTaken && m.Items.Any(i => i.AskVersion > 1));
        Assert.Equal(MessageKind.Notice, told.Kind);
        Assert.Contains("14 December 2017", told.Subject, StringComparison.Ordinal);
        Assert.Contains("deadline", Assert.Single(world.Messages(), m => m.Status == MessageStatus.Cancelled).Timeline[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_judgement_whose_deadline_has_changed_is_told_without_it()
    {
        using var world = Answered();
        Assert.Null(world.Change(Id, (state, now) => ReviewRule.Review(state, now, Judgement.Unacceptable, "Not enough", First, Situations.Reviewer)).Refusal);
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Extend(state, now, Later, "It was too short")).Refusal);

        world.ChaseAndSend();

        var judged = Assert.Single(world.Messages(), m => m.Letter?.Template == "returned");
        Assert.Equal((true, "Answer not accepted: recommendation 1 (late)"), (judged.WasTaken, judged.Subject));
        Assert.Contains(judged.Timeline, e => e.What == "shortened" && e.InWords().StartsWith("What it asked for was left out", StringComparison.Ordinal));
        Assert.Contains("14 December 2017", Assert.Single(world.Messages(), m => m.WasTaken && m.Kind == MessageKind.Notice && m.Items[0].AskVersion > 1).Subject, StringComparison.Ordinal);
        Assert.Equal((null, Today.AddDays(1)), world.State(Gloucestershire.Crc.Id, Id).Ask.Ladder is var ladder ? (ladder.Awaits, ladder.FirstAcceptedOn) : default);
    }

    [Fact]
    public void Of_two_new_deadlines_only_the_last_is_told()
    {
        using var world = SimActs.Issued("late", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Extend(state, now, First, "More time")).Refusal);
        Assert.Null(world.Change(Id, (state, now) => DeadlineCommands.Extend(state, now, Later, "Yet more time")).Refusal);

        world.ChaseAndSend();

        Assert.Contains("14 December 2017", Assert.Single(world.Messages(), m => m.WasTaken && m.Letter?.Template == "extended").Subject, StringComparison.Ordinal);
    }

    private static SimWorld Closed()
    {
        var world = SimActs.Issued("late", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        Assert.Null(world.Change(Id, (state, now) => ReviewRule.Close(state, now, ClosureReason.Withdrawn, null, Situations.Reviewer)).Refusal);
        world.ChaseUpTo(Today.AddDays(1));
        return world;
    }

    private static SimWorld Answered()
    {
        var world = SimActs.Issued("late", toCrc: 1, toNps: 0);
        world.ChaseAndSend();
        world.ChaseUpTo(Today.AddDays(1));
        Assert.Null(world.Change(Id, (state, now) => new Change(
            state with { Status = RecommendationStatus.Responded, Answer = A.Answer(Position.NotAgreed), Ask = state.Ask with { ClosedOn = now.Today } }, [new NewEvent(EventTypes.Answered, new { })], Change.NoLetters)).Refusal);
        return world;
    }

    private static Letter Letter(string template) => template switch
    {
        "reopened" => EventLetters.Of(new EventLetters.Reopened(Rec, "Do it.", "Too soon", First)),
        "reassigned" => EventLetters.Of(new EventLetters.Reassigned(Rec, "Do it.", "Somewhere", "New", First)),
        "extended" => EventLetters.Of(new EventLetters.Extended(Rec, "Do it.", First, Later, "More")),
        "resumed" => EventLetters.Of(new EventLetters.Resumed(Rec, "Do it.", First)),
        "timeRefused" => EventLetters.Of(new EventLetters.TimeRefused(Rec, "Do it.", First, "No")),
        "closed" => EventLetters.Of(new EventLetters.Closed(Rec, "Do it.", ClosureReason.Withdrawn, null)),
        "takenOver" => EventLetters.Of(new EventLetters.TakenOver(Rec, "Do it.", "Somewhere", "New")),
        _ => EventLetters.Of(new EventLetters.Answered(Rec, "Do it.", A.Answer(Position.NotAgreed))),
    };
}
