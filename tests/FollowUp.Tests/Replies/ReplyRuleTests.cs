using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Replies;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Replies;

public sealed class ReplyRuleTests
{
    private static readonly Recipient Dana = Of(Gloucestershire.Crc, ContactRole.Main, Relation.Own);
    private static readonly AnswerForm Agreed = new()
    {
        Position = Position.Agreed,
        Actions = [new("Recruit eight case managers.", "Director of Operations", new(2017, 11, 30))],
        Name = "Dana Main",
        Role = "Head of Performance",
        Declared = true,
    };

    [Theory]
    [InlineData("2017-09-28", false)]
    [InlineData("2017-09-29", true)]
    [InlineData("2018-03-01", true)]
    public void A_late_answer_is_taken_and_marked_late(string today, bool late)
    {
        var form = Agreed with { Actions = [Agreed.Actions[0] with { TargetOn = new(2018, 11, 30) }] };
        var change = ReplyRule.Answer(A.Recommendation(), Situations.On(today), form, Dana).Value!;

        Assert.Equal((late, new DateOnly(2017, 9, 28)), (change.State.Answer!.Late, change.State.Answer.DueOn));
        Assert.Equal(RecommendationStatus.Responded, change.State.Status);
        Assert.False(change.State.Ask.IsOpen);
        Assert.True(change.State.AwaitsReview);
    }

    [Theory]
    [InlineData("2017-09-22", "2017-10-02", "2017-10-06", false)]
    [InlineData("2017-09-22", "2017-10-06", "2017-10-12", false)]
    [InlineData("2017-09-22", "2017-10-07", "2017-10-12", false)] // Ended, and nobody resumes it before Monday
    [InlineData("2017-09-29", "2017-10-06", "2017-10-05", true)] // It was overdue when it was paused
    public void An_answer_during_a_pause_goes_by_the_deadline_that_holds_then(string pausedOn, string today, string dueOn, bool late)
    {
        var paused = A.Recommendation(ask: A.Ask() with { PausedOn = DateOnly.Parse(pausedOn, null), PausedUntil = new(2017, 10, 6) });

        var answer = ReplyRule.Answer(paused, Situations.On(today), Agreed, Dana).Value!.State.Answer!;

        Assert.Equal((DateOnly.Parse(dueOn, null), late), (answer.DueOn, answer.Late));
    }

    [Fact]
    public void The_earliest_reports_lose_their_actions_before_a_row_is_too_large()
    {
        var action = new PlannedAction { Number = 1, Step = new string('x', 1000), Who = new string('y', 200), TargetOn = new(2017, 11, 30), OriginalTargetOn = new(2017, 11, 30) };
        var update = new ProgressUpdate { At = default, Text = "Done", By = new("Dana Main", "Head", "dana@example.org"), DueOn = new(2017, 11, 30), Actions = [.. Enumerable.Repeat(action, 20)] };

        var kept = ReplyRule.Fitting([.. Enumerable.Repeat(update, 40)]);

        Assert.Equal(40, kept.Count);
        Assert.Equal([.. Enumerable.Repeat(0, 36), .. Enumerable.Repeat(20, 4)], kept.Select(u => u.Actions.Count));
        Assert.All(kept, u => Assert.Equal("Done", u.Text));
    }

    [Fact]
    public void The_receipt_goes_to_the_answerer_and_to_every_main_and_second_contact_once()
    {
        var director = Of(Gloucestershire.Crc, ContactRole.Director, Relation.Own);

        Assert.Equal(
            ["drew.director@bgsw.example", "dana.main@bgsw.example", "sam.second@bgsw.example"],
            Assert.Single(ReplyRule.Answer(A.Recommendation(), Situations.On("2017-09-20"), Agreed, director).Value!.Letters).To!.Select(r => r.Email.ToString()));
        Assert.Equal(
            ["dana.main@bgsw.example", "sam.second@bgsw.example"],
            Assert.Single(ReplyRule.Answer(A.Recommendation(), Situations.On("2017-09-20"), Agreed, Dana).Value!.Letters).To!.Select(r => r.Email.ToString()));
    }

    [Fact]
    public void Those_above_read_and_do_not_answer() =>
        Assert.Equal(RefusalKind.Conflict, ReplyRule.Answer(A.Recommendation(), Situations.On("2017-10-20"), Agreed, Of(Gloucestershire.WorkingLinks, ContactRole.Main, Relation.Upward)).Refusal?.Kind);

    [Fact]
    public void An_answer_is_taken_once()
    {
        var answered = ReplyRule.Answer(A.Recommendation(), Situations.On("2017-09-20"), Agreed, Dana).Value!.State;

        Assert.Contains("already answered", Assert.Single(ReplyRule.Answer(answered, Situations.On("2017-09-21"), Agreed, Dana).Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "position")]
    [InlineData(Position.PartlyAgreed, "agreedPart,reason")]
    [InlineData(Position.NotAgreed, "reason")]
    public void What_a_position_needs_is_asked_for(Position? position, string fields) =>
        Assert.Equal(fields.Split(','), Answer(Agreed with { Position = position }).Fields());

    [Fact]
    public void An_agreement_needs_an_action_and_a_refusal_none()
    {
        Assert.Equal(["actions[0].step"], Answer(Agreed with { Actions = [] }).Fields());
        Assert.Equal(["actions[0].step"], Answer(Agreed with { Actions = [new(" ", "", null)] }).Fields());
        Assert.Null(Answer(Agreed with { Position = Position.NotAgreed, Reason = "The contract forbids it.", Actions = [] }).Refusal);
    }

    [Theory]
    [InlineData("2017-09-20", "actions[0].targetOn")]
    [InlineData("2017-09-21", null)]
    [InlineData("2027-09-20", null)]
    [InlineData("2027-09-21", "actions[0].targetOn")]
    [InlineData(null, "actions[0].targetOn")]
    public void The_target_of_an_action_lies_in_the_future(string? target, string? field) =>
        Assert.Equal(field is null ? [] : [field], Answer(Agreed with { Actions = [Agreed.Actions[0] with { TargetOn = target is null ? null : DateOnly.Parse(target, null) }] }).Fields());

    [Theory]
    [InlineData(20, 1000, null)]
    [InlineData(21, 1000, "actions[0].step")]
    [InlineData(1, 1001, "actions[0].step")]
    public void There_are_at_most_20_actions_of_1000_characters(int count, int length, string? field) =>
        Assert.Equal(field is null ? [] : [field], Answer(Agreed with { Actions = [.. Enumerable.Repeat(new ActionForm(new string('x', length), "Somebody", new DateOnly(2017, 12, 1)), count)] }).Fields());

    [Fact]
    public void A_line_break_counts_as_one_character_however_the_browser_sends_it() =>
        Assert.Null(Answer(Agreed with { Actions = [Agreed.Actions[0] with { Step = string.Join("\r\n", Enumerable.Repeat("x", 500)) }] }).Refusal);

    [Fact]
    public void Empty_rows_between_actions_are_left_out_and_the_rest_is_numbered()
    {
        var answer = Answer(Agreed with { Actions = [new(null, null, null), Agreed.Actions[0], new("", " ", null), Agreed.Actions[0] with { Step = "Train them." }] }).Value!.State.Answer!;

        Assert.Equal([(1, "Recruit eight case managers."), (2, "Train them.")], answer.Actions.Select(a => (a.Number, a.Step)));
    }

    [Fact]
    public void The_answerer_says_who_they_are_and_declares_it() =>
        Assert.Equal(["name", "role", "declared"], Answer(Agreed with { Name = "", Role = null, Declared = false }).Fields());

    [Fact]
    public void An_update_gives_each_open_action_a_new_date_and_may_claim_all_of_it_done()
    {
        var state = InProgress();
        var half = new UpdateForm { Text = "The posts are advertised.", Actions = [new(1, ActionProgress.Complete, null), new(2, ActionProgress.UnderWay, new(2018, 1, 31), " The trainer left. ")], Name = "Dana Main", Role = "Head", Declared = true };

        var change = ReplyRule.Update(state, Situations.On("2017-11-20"), half, [], Dana).Value!;
        Assert.Equal((RecommendationStatus.InProgress, true, false), (change.State.Status, change.State.AwaitsReview, change.State.Ask.IsOpen));
        Assert.Equal([new(2017, 11, 30), new DateOnly(2018, 1, 31)], change.State.Answer!.Actions.Select(a => a.TargetOn));
        Assert.Equal((new DateOnly(2017, 11, 30), "The trainer left."), (change.State.Answer.Actions[1].OriginalTargetOn, change.State.Answer.Actions[1].MovedBecause));

        var all = half with { Actions = [new(1, ActionProgress.Complete, null), new(2, ActionProgress.Complete, null)] };
        Assert.Equal(RecommendationStatus.ReportedComplete, ReplyRule.Update(state, Situations.On("2017-11-20"), all, [], Dana).Value!.State.Status);

        Assert.Equal(["actions[1].targetOn"], ReplyRule.Update(state, Situations.On("2017-11-20"), half with { Actions = [half.Actions[0], new(2, ActionProgress.UnderWay, new(2017, 11, 20), "Later")] }, [], Dana).Fields());
        Assert.Equal(["actions[1].progress"], ReplyRule.Update(state, Situations.On("2017-11-20"), half with { Actions = [half.Actions[0]] }, [], Dana).Fields());
    }

    [Theory]
    [InlineData("2017-12-01", null, "actions[0].reason")]
    [InlineData("2017-12-01", " ", "actions[0].reason")]
    [InlineData("2017-12-01", "The builder is late.", null)]
    [InlineData("2017-11-30", null, null)]
    public void Another_date_of_an_action_needs_a_reason_and_the_same_one_none(string target, string? reason, string? field)
    {
        var form = new UpdateForm { Text = "Slowly.", Actions = [new(1, ActionProgress.UnderWay, DateOnly.Parse(target, null), reason), new(2, ActionProgress.Complete, new(2018, 1, 31))], Name = "Dana Main", Role = "Head", Declared = true };

        Assert.Equal(field is null ? [] : [field], ReplyRule.Update(InProgress(), Situations.On("2017-11-20"), form, [], Dana).Fields());
    }

    [Fact]
    public void An_update_is_taken_only_where_progress_is_asked_for() =>
        Assert.Equal(RefusalKind.Conflict, ReplyRule.Update(A.Recommendation(), Situations.On("2017-11-20"), new(), [], Dana).Refusal?.Kind);

    private static Outcome<Change> Answer(AnswerForm form) => ReplyRule.Answer(A.Recommendation(), Situations.On("2017-09-20"), form, Dana);

    private static Recommendation InProgress() =>
        A.Recommendation(ask: A.Ask(AskKind.Progress, dueOn: new(2017, 11, 30)), answer: A.Answer(Position.Agreed, A.Action(1), A.Action(2)));

    private static Recipient Of(Organisation organisation, ContactRole role, Relation relation)
    {
        var contact = organisation.Contacts.First(c => c.Role == role);
        return new(contact.Name, contact.Email, relation, role, organisation.Id);
    }
}
