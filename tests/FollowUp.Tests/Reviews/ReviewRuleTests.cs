using FollowUp.Recommendations;
using FollowUp.Reviews;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Reviews;

public sealed class ReviewRuleTests
{
    private static readonly Recommendation Answered = With(A.Answer(Position.Agreed, A.Action(1, targetOn: new(2017, 11, 30)), A.Action(2, targetOn: new(2017, 12, 22))));

    [Theory]
    [InlineData(Judgement.Acceptable)]
    [InlineData(Judgement.AcceptableAlternative)]
    public void An_accepted_answer_with_open_actions_opens_a_progress_ask(Judgement judgement)
    {
        var change = ReviewRule.Review(Answered, Situations.On("2017-09-25"), judgement, null, null, Situations.Reviewer).Value!;

        Assert.Equal(RecommendationStatus.InProgress, change.State.Status);
        Assert.Equal((AskKind.Progress, new DateOnly(2017, 11, 30), 2, true), (change.State.Ask.Kind, change.State.Ask.DueOn, change.State.Ask.Version, change.State.Ask.IsOpen));
        Assert.Equal([EventTypes.Reviewed, EventTypes.AskOpened], change.Events.Select(e => e.Type));
        Assert.Equal(MessageKind.Decision, Assert.Single(change.Letters).Kind);
        Assert.Equal(0, change.State.Ask.Ladder.LastStep);
        Assert.Null(change.State.Ask.Ladder.FirstAcceptedOn);
    }

    [Theory]
    [InlineData("2017-11-15", "2017-11-30")]
    [InlineData("2017-11-16", "2017-11-30")]
    [InlineData("2017-11-17", "2017-12-01")]
    public void Progress_is_due_at_least_10_working_days_after_the_acceptance(string today, string due) =>
        Assert.Equal(DateOnly.Parse(due, null), Accept(Answered, today).State.Ask.DueOn);

    [Fact]
    public void The_decision_letter_is_the_notice_of_the_new_ask()
    {
        var ask = Accept(Answered, "2017-09-25").State.Ask;

        Assert.Null(LadderRule.Decide(Ladder.Default, ask, new(2017, 9, 25), FollowUp.Deadlines.WorkingCalendar.Published).Due);
        Assert.NotNull(LadderRule.Decide(Ladder.Default, ask, new(2017, 11, 16), FollowUp.Deadlines.WorkingCalendar.Published).Waits);
        ask = LadderMoves.Accepted(Ladder.Default, ask, step: null, warns: true, new(2017, 9, 25));
        Assert.Equal(1, LadderRule.Decide(Ladder.Default, ask, new(2017, 11, 16), FollowUp.Deadlines.WorkingCalendar.Published).Due?.Number);
    }

    [Fact]
    public void An_accepted_refusal_has_nothing_to_ask_for()
    {
        var change = Accept(With(A.Answer(Position.NotAgreed)), "2017-09-25");

        Assert.Equal(RecommendationStatus.Responded, change.State.Status);
        Assert.False(change.State.Ask.IsOpen);
        // It stays in sight until somebody closes it
        Assert.Equal((true, new DateOnly(2017, 9, 25)), (change.State.AwaitsReview, change.State.AwaitsReviewSince));
        Assert.Equal(("Close it", "close"), Awaited.Of(change.State) is var awaited ? (awaited.What, awaited.Slug) : default);
        Assert.DoesNotContain(StaffAction.All, action => action.Slug == "review" && action.Applies(change.State));
    }

    [Fact]
    public void A_returned_answer_opens_a_new_ask_and_keeps_the_answer()
    {
        var change = ReviewRule.Review(Answered, Situations.On("2017-09-25"), Judgement.Unacceptable, "No dates for the second part.", new(2017, 10, 16), Situations.Reviewer).Value!;

        Assert.Equal(RecommendationStatus.AwaitingResponse, change.State.Status);
        Assert.Equal((AskKind.Response, new DateOnly(2017, 10, 16), 2), (change.State.Ask.Kind, change.State.Ask.DueOn, change.State.Ask.Version));
        Assert.NotNull(change.State.Answer);
        Assert.Equal(Judgement.Unacceptable, change.State.Review?.Judgement);
    }

    [Theory]
    [InlineData(null, "2017-10-16", "note")]
    [InlineData("Why", null, "dueOn")]
    [InlineData("Why", "2017-09-25", "dueOn")]
    [InlineData("Why", "2017-09-26", null)]
    [InlineData("Why", "2018-09-25", null)]
    [InlineData("Why", "2018-09-26", "dueOn")]
    public void Returning_needs_a_reason_and_a_new_deadline_within_a_year(string? note, string? dueOn, string? field) =>
        Assert.Equal(
            field is null ? [] : [field],
            ReviewRule.Review(Answered, Situations.On("2017-09-25"), Judgement.Unacceptable, note, dueOn is null ? null : DateOnly.Parse(dueOn, null), Situations.Reviewer).Fields());

    [Fact]
    public void What_has_no_answer_cannot_be_judged_and_an_answer_is_judged_once()
    {
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Review(A.Recommendation(), Situations.On("2017-09-25"), Judgement.Acceptable, null, null, Situations.Reviewer).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Review(Accept(Answered, "2017-09-25").State, Situations.On("2017-09-26"), Judgement.Acceptable, null, null, Situations.Reviewer).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Review(Accept(With(A.Answer(Position.NotAgreed)), "2017-09-25").State, Situations.On("2017-09-26"), Judgement.Acceptable, null, null, Situations.Reviewer).Refusal?.Kind);
    }

    [Fact]
    public void Good_progress_with_open_actions_asks_for_the_next_report()
    {
        var change = ReviewRule.Verify(Reported(complete: false), Situations.On("2017-11-27"), ProgressJudgement.Good, "Well done", Situations.Reviewer).Value!;

        Assert.Equal(ProgressJudgement.Good, change.State.Updates[^1].Judgement);
        Assert.Equal((AskKind.Progress, new DateOnly(2017, 12, 22), true), (change.State.Ask.Kind, change.State.Ask.DueOn, change.State.Ask.IsOpen));
        Assert.Equal([EventTypes.Verified, EventTypes.AskOpened], change.Events.Select(e => e.Type));
    }

    [Fact]
    public void When_everything_is_done_nothing_more_is_asked()
    {
        var change = ReviewRule.Verify(Reported(complete: true), Situations.On("2017-11-27"), ProgressJudgement.Good, null, Situations.Reviewer).Value!;

        Assert.Equal((RecommendationStatus.ReportedComplete, false), (change.State.Status, change.State.Ask.IsOpen));
        Assert.Equal([EventTypes.Verified], change.Events.Select(e => e.Type));
        Assert.Equal(("Close it", "close"), Awaited.Of(change.State) is var awaited ? (awaited.What, awaited.Slug) : default);
    }

    [Fact]
    public void A_request_for_time_waits_since_it_was_made_and_not_since_the_ask_opened()
    {
        var request = new TimeRequest(new(2017, 10, 31), "Why", A.Answerer, Situations.On("2017-09-20").Now);
        Assert.Equal("2017-09-20", Hints.ListedOn(Worklist.AwaitingReview, A.Recommendation() with { TimeRequest = request }));
        Assert.Equal("2017-09-20", Hints.ListedOn(Worklist.AwaitingReview, Answered));
        Assert.Null(Hints.ListedOn(Worklist.AwaitingReview, A.Recommendation()));
    }

    [Fact]
    public void Progress_is_judged_when_there_is_a_report_and_once()
    {
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Verify(Answered, Situations.On("2017-11-27"), ProgressJudgement.Good, null, Situations.Reviewer).Refusal?.Kind);
        var judged = ReviewRule.Verify(Reported(complete: true), Situations.On("2017-11-27"), ProgressJudgement.Good, null, Situations.Reviewer).Value!.State;
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Verify(judged, Situations.On("2017-11-28"), ProgressJudgement.None, null, Situations.Reviewer).Refusal?.Kind);
        Assert.Equal(["progress"], ReviewRule.Verify(Reported(complete: true), Situations.On("2017-11-27"), null, null, Situations.Reviewer).Fields());
    }

    [Fact]
    public void A_closure_stops_the_ask_and_the_pause()
    {
        var paused = A.Recommendation(ask: A.Ask() with { PausedOn = new(2017, 9, 12), PausedUntil = new(2017, 9, 20) });

        var change = ReviewRule.Close(paused, Situations.On("2017-09-15"), ClosureReason.Withdrawn, null, Situations.Reviewer).Value!;

        Assert.Equal((RecommendationStatus.Closed, new DateOnly(2017, 9, 15), null), (change.State.Status, change.State.Ask.ClosedOn, change.State.Ask.PausedUntil));
        Assert.Null(LadderRule.NextOn(Ladder.Default, change.State.Ask, FollowUp.Deadlines.WorkingCalendar.Published));
    }

    [Fact]
    public void A_closure_needs_a_reason_and_happens_once()
    {
        Assert.Equal(["reason"], ReviewRule.Close(Answered, Situations.On("2017-09-25"), null, null, Situations.Reviewer).Fields());
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Close(Closed(Answered), Situations.On("2017-09-26"), ClosureReason.Superseded, null, Situations.Reviewer).Refusal?.Kind);
    }

    [Fact]
    public void Reopening_asks_for_progress_where_an_answer_was_accepted_and_else_for_an_answer()
    {
        Assert.Equal((AskKind.Response, RecommendationStatus.AwaitingResponse), Reopened(Closed(A.Recommendation())));
        Assert.Equal((AskKind.Progress, RecommendationStatus.InProgress), Reopened(Closed(Accept(Answered, "2017-09-25").State)));
        // Nobody has judged it, and nobody could once progress is asked for
        Assert.Equal((AskKind.Response, RecommendationStatus.AwaitingResponse), Reopened(Closed(Answered)));
    }

    [Theory]
    [InlineData("Why", "2017-10-02", "dueOn")]
    [InlineData("Why", "2017-10-03", null)]
    [InlineData("Why", null, "dueOn")]
    [InlineData("", "2017-10-03", "reason")]
    public void Reopening_needs_a_reason_and_a_deadline_after_today(string reason, string? dueOn, string? field) =>
        Assert.Equal(field is null ? [] : [field], ReviewRule.Reopen(Closed(Answered), Situations.On("2017-10-02"), reason, dueOn is null ? null : DateOnly.Parse(dueOn, null)).Fields());

    [Fact]
    public void What_is_open_cannot_be_reopened() =>
        Assert.Equal(RefusalKind.Conflict, ReviewRule.Reopen(Answered, Situations.On("2017-10-02"), "Why", new(2017, 10, 20)).Refusal?.Kind);

    private static (AskKind, RecommendationStatus) Reopened(Recommendation closed)
    {
        var change = ReviewRule.Reopen(closed, Situations.On("2017-10-02"), "Not done after all", new(2017, 10, 20)).Value!;
        Assert.Null(change.State.Closure);
        Assert.Equal(new DateOnly(2017, 10, 20), change.State.Ask.OriginalDueOn);
        Assert.True(change.State.Ask.Version > closed.Ask.Version);
        return (change.State.Ask.Kind, change.State.Status);
    }

    private static Change Accept(Recommendation state, string today) => ReviewRule.Review(state, Situations.On(today), Judgement.Acceptable, null, null, Situations.Reviewer).Value!;

    private static Recommendation Closed(Recommendation state) => ReviewRule.Close(state, Situations.On("2017-09-25"), ClosureReason.Implemented, null, Situations.Reviewer).Value!.State;

    private static Recommendation With(Answer answer) =>
        A.Recommendation(ask: A.Ask() with { ClosedOn = new(2017, 9, 20) }) with { Status = RecommendationStatus.Responded, Answer = answer };

    private static Recommendation Reported(bool complete)
    {
        var actions = new[] { A.Action(1, progress: ActionProgress.Complete), A.Action(2, targetOn: new(2017, 12, 22), progress: complete ? ActionProgress.Complete : ActionProgress.UnderWay) };
        var state = Accept(Answered, "2017-09-25").State;
        return state with
        {
            Status = complete ? RecommendationStatus.ReportedComplete : RecommendationStatus.InProgress,
            Answer = state.Answer! with { Actions = actions },
            Ask = state.Ask with { ClosedOn = new(2017, 11, 24) },
            Updates = [new ProgressUpdate { At = default, Text = "Half of it is done.", By = A.Answerer, DueOn = state.Ask.DueOn, ClaimsComplete = complete, Actions = actions }],
        };
    }
}
