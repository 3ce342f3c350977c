using FollowUp.Replies;

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

    private static Draft<TypedAnswer> Save(Draft<TypedAnswer>? before, string? seen, string text) =>
        DraftRule.Save(before, seen, new TypedAnswer { WhyNot = text }, "a•••@b.example", Now);
}
