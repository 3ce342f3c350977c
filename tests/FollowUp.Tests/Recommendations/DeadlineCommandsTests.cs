using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

public sealed class DeadlineCommandsTests
{
    private static readonly Recommendation State = A.Recommendation(ask: A.Ask(lastStep: 2));

    [Fact]
    public void An_extension_moves_the_deadline_and_keeps_the_original_with_the_reason()
    {
        var change = DeadlineCommands.Extend(State, Situations.On("2017-09-22"), new(2017, 10, 12), " More cases to audit ").Value!;

        Assert.Equal((new DateOnly(2017, 10, 12), new DateOnly(2017, 9, 28), 2), (change.State.Ask.DueOn, change.State.Ask.OriginalDueOn, change.State.Ask.Version));
        Assert.Equal(EventTypes.Extended, Assert.Single(change.Events).Type);
        Assert.Contains("More cases to audit", FollowUp.Storage.Json.Write(change.Events[0].Data), StringComparison.Ordinal);
        Assert.Equal(MessageKind.Change, Assert.Single(change.Letters).Kind);
        Assert.Null(change.Letters[0].To);
    }

    [Theory]
    [InlineData("2017-10-12", true)]
    [InlineData("2017-09-29", false)] // The day that is given back is all that was asked for
    public void A_working_day_that_is_given_back_leaves_a_request_for_more_to_be_decided(string askedFor, bool stays)
    {
        var request = new TimeRequest(DateOnly.Parse(askedFor, null), "Two of us are away", new("Ann First", "Head", "ann@example.org"), default);
        var holiday = new DateOnly(2017, 9, 25);
        var change = DeadlineCommands.AllowFor(State with { TimeRequest = request }, Situations.On("2017-09-22"), holiday, "A bank holiday").Value!;

        Assert.Equal((new DateOnly(2017, 9, 29), stays ? request : null), (change.State.Ask.DueOn, change.State.TimeRequest));
        Assert.Equal([holiday], change.State.Ask.AllowedFor);
    }

    [Fact]
    public void After_an_extension_only_steps_dated_after_that_day_count()
    {
        // Due on 6 October, the second reminder would fall on 29 September, the day of the extension
        var situation = Situations.On("2017-09-29");
        var ask = DeadlineCommands.Extend(State, situation, new(2017, 10, 6), "Because").Value!.State.Ask;

        Assert.Null(LadderRule.Decide(situation.Ladder, ask, new(2017, 10, 4), situation.Calendar).Due);
        var next = LadderRule.Decide(situation.Ladder, ask, new(2017, 10, 5), situation.Calendar);
        Assert.Equal(3, next.Due?.Number);
        Assert.Equal([1, 2], next.Skipped.Select(s => s.Step.Number));
    }

    [Theory]
    [InlineData("2017-09-22", "dueOn: The new deadline must be after today, 22 September 2017")]
    [InlineData("2017-09-23", "dueOn: The new deadline must be after the present one, 28 September 2017")]
    [InlineData("2017-09-28", "dueOn: The deadline is 28 September 2017 already: enter another date")]
    [InlineData("2017-09-29", null)]
    [InlineData("2019-09-22", null)]
    [InlineData("2019-09-23", "dueOn: The new deadline must be within two years")]
    [InlineData(null, "dueOn: Enter the new deadline")]
    public void An_extension_gives_more_time_than_there_was(string? dueOn, string? problem)
    {
        var outcome = DeadlineCommands.Extend(State, Situations.On("2017-09-22"), dueOn is null ? null : DateOnly.Parse(dueOn, null), "Because");

        Assert.Equal(problem is null ? [] : [problem], outcome.Problems());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("  \r\n ")]
    public void An_extension_and_a_pause_need_a_reason(string? reason)
    {
        Assert.Equal(["reason"], DeadlineCommands.Extend(State, Situations.On("2017-09-22"), new(2017, 10, 12), reason).Fields());
        Assert.Equal(["reason"], DeadlineCommands.Pause(State, Situations.On("2017-09-22"), new(2017, 10, 12), reason).Fields());
    }

    [Fact]
    public void A_weekend_may_be_a_deadline() =>
        Assert.Null(DeadlineCommands.Extend(State, Situations.On("2017-09-22"), new(2017, 10, 14), "Because").Refusal);

    [Fact]
    public void What_is_not_owed_can_be_neither_extended_nor_paused_nor_resumed()
    {
        var answered = State with { Ask = State.Ask with { ClosedOn = new(2017, 9, 20) } };
        var situation = Situations.On("2017-09-22");

        Assert.NotNull(DeadlineCommands.Extend(answered, situation, new(2017, 10, 12), "Because").Refusal);
        Assert.NotNull(DeadlineCommands.Pause(answered, situation, new(2017, 10, 12), "Because").Refusal);
        Assert.Equal(RefusalKind.Conflict, DeadlineCommands.Resume(answered, situation).Refusal?.Kind);
    }

    [Theory]
    [InlineData("2017-09-22", "until")]
    [InlineData("2017-09-23", null)]
    [InlineData("2017-12-15", null)] // 60 working days after 22 September
    [InlineData("2017-12-16", "until")]
    [InlineData(null, "until")]
    public void A_pause_ends_after_today_and_within_60_working_days(string? until, string? field)
    {
        var outcome = DeadlineCommands.Pause(State, Situations.On("2017-09-22"), until is null ? null : DateOnly.Parse(until, null), "Because");

        Assert.Equal(field is null ? [] : [field], outcome.Fields());
    }

    [Fact]
    public void A_pause_inside_a_pause_is_refused()
    {
        var paused = DeadlineCommands.Pause(State, Situations.On("2017-09-22"), new(2017, 9, 29), "Because").Value!.State;

        Assert.Contains("resume it first", Assert.Single(DeadlineCommands.Pause(paused, Situations.On("2017-09-25"), new(2017, 10, 20), "Again").Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2017-09-22", 0, "2017-09-28", "2017-09-22")] // Resumed on the day of the pause
    [InlineData("2017-09-25", 1, "2017-09-29", "2017-09-25")]
    [InlineData("2017-09-29", 5, "2017-10-05", "2017-09-29")] // On its last day
    [InlineData("2017-10-02", 5, "2017-10-05", "2017-09-29")] // By itself, on the day after: a step of that day counts
    [InlineData("2017-10-20", 5, "2017-10-05", "2017-09-29")] // Late: only the pause itself counts
    public void Resuming_moves_the_deadline_by_the_working_days_that_the_pause_lasted(string resumedOn, int days, string due, string stepsAfter)
    {
        var paused = DeadlineCommands.Pause(State, Situations.On("2017-09-22"), new(2017, 9, 29), "Because").Value!.State;
        Assert.Equal(2, paused.Ask.Version);

        var resumed = DeadlineCommands.Resume(paused, Situations.On(resumedOn)).Value!;

        Assert.Equal(DateOnly.Parse(due, null), resumed.State.Ask.DueOn);
        Assert.Equal((null, null, 3), (resumed.State.Ask.PausedOn, resumed.State.Ask.PausedUntil, resumed.State.Ask.Version));
        Assert.Equal(DateOnly.Parse(stepsAfter, null), resumed.State.Ask.Ladder.StepsAfter);
        Assert.Equal(new DateOnly(2017, 9, 28), resumed.State.Ask.OriginalDueOn);
        Assert.Contains($"\"workingDays\":{days}", FollowUp.Storage.Json.Write(resumed.Events[0].Data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2017-09-22", "2017-09-22", "2017-09-28")]
    [InlineData("2017-09-22", "2017-09-25", "2017-09-29")]
    [InlineData("2017-09-22", "2017-09-29", "2017-10-05")] // On its last day
    [InlineData("2017-09-22", "2017-09-30", "2017-10-05")] // Ended, and nobody resumes it before Monday
    [InlineData("2017-09-22", "2017-10-02", "2017-10-05")]
    [InlineData("2017-09-28", "2017-09-28", "2017-09-28")]
    [InlineData("2017-09-28", "2017-09-30", "2017-09-29")]
    [InlineData("2017-09-29", "2017-09-30", "2017-09-28")] // It was overdue before it was paused
    public void A_pause_that_nobody_has_resumed_yet_moves_the_deadline_as_resuming_would(string pausedOn, string today, string due)
    {
        var paused = State with { Ask = State.Ask with { PausedOn = DateOnly.Parse(pausedOn, null), PausedUntil = new(2017, 9, 29) } };
        var now = Situations.On(today);

        Assert.Equal(DateOnly.Parse(due, null), paused.Ask.DueBy(now.Today, now.Calendar));
        Assert.Equal(DeadlineCommands.Resume(paused, now).Value!.State.Ask.DueOn, paused.Ask.DueBy(now.Today, now.Calendar));
        Assert.Equal(now.Today > new DateOnly(2017, 9, 29) && now.Today > DateOnly.Parse(due, null), paused.IsOverdueOn(now.Today, now.Calendar));
    }

    [Fact]
    public void What_falls_due_on_the_day_of_a_pause_is_not_late_on_the_weekend_in_it()
    {
        var paused = DeadlineCommands.Pause(A.Recommendation(ask: A.Ask(dueOn: new(2017, 9, 29))), Situations.On("2017-09-29"), new(2017, 10, 6), "Because").Value!.State;

        Assert.Equal(new DateOnly(2017, 10, 2), paused.Ask.DueBy(new(2017, 9, 30), Situations.On("2017-09-30").Calendar));
    }

    [Fact]
    public void An_extension_during_a_pause_keeps_the_pause_and_its_end_moves_the_deadline_no_more()
    {
        var paused = DeadlineCommands.Pause(State, Situations.On("2017-09-22"), new(2017, 10, 6), "Because").Value!.State;
        var change = DeadlineCommands.Extend(paused, Situations.On("2017-09-25"), new(2017, 10, 20), "More cases").Value!;

        Assert.Equal((new DateOnly(2017, 10, 6), new DateOnly(2017, 10, 20)), (change.State.Ask.PausedUntil, change.State.Ask.DueOn));
        Assert.Contains("\"pausedUntil\":\"2017-10-06\"", FollowUp.Storage.Json.Write(change.Events[0].Data), StringComparison.Ordinal);
        Assert.Equal(LadderDecision.Nothing, LadderRule.Decide(Ladder.Default, change.State.Ask, new(2017, 10, 6), FollowUp.Deadlines.WorkingCalendar.Published));
        foreach (var day in new[] { "2017-10-02", "2017-10-09" })
            Assert.Equal((new DateOnly(2017, 10, 20), null), DeadlineCommands.Resume(change.State, Situations.On(day)).Value!.State.Ask is var ask ? (ask.DueOn, ask.PausedUntil) : default);
    }

    [Theory]
    [InlineData("2017-10-06")] // The last day of the pause
    [InlineData("2017-10-12")] // The deadline that the organisation was promised
    public void An_extension_during_a_pause_gives_more_time_than_the_pause_does(string dueOn)
    {
        var paused = DeadlineCommands.Pause(State, Situations.On("2017-09-22"), new(2017, 10, 6), "Because").Value!.State;

        Assert.Equal(
            ["dueOn: It is paused until 6 October 2017, and the deadline is 12 October 2017 when the pause has lasted to its end: enter a later date, or resume chasing first"],
            DeadlineCommands.Extend(paused, Situations.On("2017-09-25"), DateOnly.Parse(dueOn, null), "More cases").Problems());
        Assert.Empty(DeadlineCommands.Extend(paused, Situations.On("2017-09-25"), new(2017, 10, 13), "More cases").Problems());
    }

    [Fact]
    public void A_pause_that_has_ended_and_that_nobody_has_resumed_ends_with_an_extension()
    {
        var paused = DeadlineCommands.Pause(State, Situations.On("2017-09-22"), new(2017, 9, 29), "Because").Value!.State;

        Assert.Equal(["dueOn: The deadline is 5 October 2017 already: enter another date"], DeadlineCommands.Extend(paused, Situations.On("2017-09-30"), new(2017, 10, 5), "More").Problems());
        Assert.Null(DeadlineCommands.Extend(paused, Situations.On("2017-09-30"), new(2017, 10, 6), "More").Value!.State.Ask.PausedUntil);
    }

    [Fact]
    public void Whoever_asks_for_time_after_another_takes_the_place_of_their_own_request_alone()
    {
        static TimeRequest By(string who, int day) => new(new(2017, 10, day), "Because", new(who, "Head", $"{who}@example.org"), default);

        var pending = By("ann", 3).After(By("bob", 2).After(By("ann", 1).After(null)));

        Assert.Equal([("bob", 2), ("ann", 3)], pending.All.Select(r => (r.By.Name, r.DueOn.Day)));
        Assert.Equal(["bob", "ann"], DeadlineCommands.Extend(State with { TimeRequest = pending }, Situations.On("2017-09-22"), new(2017, 10, 12), "Yes").Value!.Letters[0].For!.Select(a => a.Name));
        Assert.Equal(["bob", "ann"], FollowUp.Reviews.ReviewRule.RefuseTime(State with { TimeRequest = pending }, Situations.On("2017-09-22"), "No").Value!.Letters[0].For!.Select(a => a.Name));
    }

    [Fact]
    public void A_moved_deadline_sends_no_second_notice_and_forgets_no_acceptance()
    {
        var ask = DeadlineCommands.Extend(State, Situations.On("2017-09-22"), new(2017, 10, 12), "Because").Value!.State.Ask;

        Assert.Equal((0, new DateOnly(2017, 8, 31)), (ask.Ladder.LastStep, ask.Ladder.FirstAcceptedOn));
    }

    [Fact]
    public void An_extension_before_the_notice_leaves_the_notice_first()
    {
        var unsent = State with { Ask = State.Ask with { Ladder = new() } };

        var ask = DeadlineCommands.Extend(unsent, Situations.On("2017-09-01"), new(2017, 10, 12), "Because").Value!.State.Ask;

        Assert.Equal(0, LadderRule.Decide(Ladder.Default, ask, new(2017, 9, 1), FollowUp.Deadlines.WorkingCalendar.Published).Due?.Number);
    }
}
