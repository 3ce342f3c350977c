using FollowUp.Recommendations;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Recommendations;

public sealed class LadderFormTests
{
    private static readonly DateOnly Day = new(2017, 9, 21);

    [Fact]
    public void The_ladder_that_comes_with_the_service_is_a_good_one()
    {
        var form = new LadderForm([.. Ladder.Default.Steps.Skip(1).Select(s => Step(s.Name, s.Offset!.Value, [.. s.Audience]))]);

        var read = form.Read(Ladder.Default, Day).Value!;

        Assert.Equal(Ladder.Default.Steps.Skip(1).Select(s => (s.Name, s.Offset, s.Kind)), read.Steps.Skip(1).Select(s => (s.Name, s.Offset, s.Kind)));
        Assert.Equal((2, Day, Ladder.Default), (read.Version, read.SetOn, read.Before));
    }

    [Fact]
    public void A_ladder_without_steps_is_refused() =>
        Assert.Equal([": A ladder needs at least one step after the notice: add one"], new LadderForm([]).Read(Ladder.Default, Day).Problems());

    [Fact]
    public void Two_notices_are_refused() =>
        Assert.Equal(
            ["steps[0].days: Enter the number of working days: only the notice has none, and a ladder has one notice"],
            Read(new LadderStepForm("Second notice", "", null, [StepAudience.Main]), Last()));

    [Theory]
    [InlineData(-5, -10)]
    [InlineData(-5, -5)]
    [InlineData(10, 5)]
    public void Steps_out_of_order_are_refused(int first, int second) =>
        Assert.Contains("steps[1].days: The steps must be in the order of their days: this one must come after “One”", Read(Step("One", first), Step("Two", second), Last()));

    [Fact]
    public void A_step_that_nobody_would_receive_is_refused() =>
        Assert.Equal(["steps[0].audience: Choose who gets this step: nobody would receive it"], Read(Step("One", -5, null), Last()));

    [Fact]
    public void A_ladder_without_an_end_is_refused()
    {
        Assert.Equal(["steps[0].days: The ladder has no end: its last step must come after the deadline"], Read(Step("One", -5)));
        Assert.Contains("no end that staff learn of", Assert.Single(Read(Step("One", 5))), StringComparison.Ordinal);
        Assert.Contains("A ladder must have an end", Assert.Single(Read(Step("One", 121, StepAudience.LeadInspector))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_above_waits_for_the_deadline_and_overdue_steps_keep_their_distance()
    {
        Assert.Equal(["steps[0].audience: Before the deadline only the organisation’s own contacts are written to"], Read(Step("One", -5, StepAudience.EscalatesTo), Last()));
        Assert.Equal(["steps[1].days: Steps after the deadline lie at least 3 working days apart"], Read(Step("One", 1), Step("Two", 3), Last()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("ten")]
    [InlineData("99999999999")]
    public void Days_are_whole_numbers(string days) =>
        Assert.Equal(["steps[0].days: Enter the number of working days as a whole number of 1 or more"], Read(new LadderStepForm("One", days, true, [StepAudience.Main]), Last()));

    [Fact]
    public void A_step_needs_a_side_and_a_name_of_its_own()
    {
        Assert.Equal(["steps[0].days: Choose whether it lies before or after the deadline"], Read(new LadderStepForm("One", "5", null, [StepAudience.Main]), Last()));
        Assert.Contains("steps[1].name: Another step has this name: give each a name of its own", Read(Step("One", -5), Step("one ", -3), Last()));
        Assert.Contains("steps[0].name: Enter the name of the step", Read(Step(" ", -5), Last()));
        Assert.Contains("steps[0].name: The name of the step must be on one line", Read(Step("One\nTwo", -5), Last()));
    }

    [Fact]
    public void The_kind_of_email_follows_from_day_and_audience() =>
        Assert.Equal(
            [MessageKind.Notice, MessageKind.Reminder, MessageKind.Overdue, MessageKind.Escalation],
            new LadderForm([Step("One", -5), Step("Two", 5), Last()]).Read(Ladder.Default, Day).Value!.Steps.Select(s => s.Kind));

    private static IReadOnlyList<string> Read(params LadderStepForm[] steps) => new LadderForm(steps).Read(Ladder.Default, Day).Problems();

    private static LadderStepForm Last() => Step("The end", 40, StepAudience.LeadInspector);

    private static LadderStepForm Step(string name, int offset, params StepAudience[]? audience) =>
        new(name, $"{Math.Abs(offset)}", offset < 0, audience is { Length: > 0 } ? audience : audience is null ? [] : [StepAudience.Main]);
}
