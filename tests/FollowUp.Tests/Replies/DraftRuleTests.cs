using FollowUp.Recommendations;
using FollowUp.Replies;
using FollowUp.Tests.Builders;

namespace FollowUp.Tests.Replies;

public sealed class DraftRuleTests
{
    private static readonly DateTimeOffset Now = new(2017, 9, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_text_that_was_seen_is_replaced_and_one_that_was_not_is_kept_beside()
    {
        var first = Save(null, null, "one");
        var seen = Save(first, first.Revision, "two");
        var unseen = Save(seen, first.Revision, "three");

        Assert.Empty(seen.Copies);
        Assert.Equal("three", unseen.Typed.WhyNot);
        Assert.Equal("two", Assert.Single(unseen.Copies).Typed.WhyNot);
        Assert.Equal(first.FormId, unseen.FormId);
    }

    [Fact]
    public void The_same_text_is_no_change_and_needs_no_copy()
    {
        var first = Save(null, null, "one");
        var same = Save(first, null, "one");

        Assert.Empty(same.Copies);
        Assert.Equal(first.Revision, same.Revision);
    }

    [Fact]
    public void What_was_not_sent_stays_under_another_form_id()
    {
        var both = Save(Save(null, null, "one"), "not this one", "two");
        var rest = DraftRule.AfterSending(both);

        Assert.Equal("one", rest!.Typed.WhyNot);
        Assert.NotEqual(both.FormId, rest.FormId);
        Assert.Null(DraftRule.AfterSending(rest));
    }

    [Theory]
    [InlineData(null, true)] // Saved by a release that did not note it
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)] // The deadline has moved since it was asked for
    public void A_draft_of_an_ask_that_was_answered_is_not_for_the_next(int? savedUnder, bool isForNow)
    {
        var state = A.Recommendation();
        state = state with { Ask = state.Ask with { Kind = AskKind.Progress, Version = 4, OpenedAs = 3 } };
        var update = new ProgressUpdate { At = Now, Text = "Done", By = new Answerer("Ann", "Head", "ann@a.example"), DueOn = new(2017, 9, 28) };

        Assert.Equal(isForNow, DraftRule.IsForNow(savedUnder, state with { Updates = [update] }));
        // Where nothing was sent, nothing was overtaken
        Assert.True(DraftRule.IsForNow(savedUnder, state));
    }

    private static Draft<TypedAnswer> Save(Draft<TypedAnswer>? before, string? seen, string text) =>
        DraftRule.Save(before, seen, new TypedAnswer { WhyNot = text }, "a•••@b.example", Now);
}
