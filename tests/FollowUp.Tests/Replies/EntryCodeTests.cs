using FollowUp.Recommendations;

namespace FollowUp.Tests.Replies;

public sealed class EntryCodeTests
{
    private static readonly DateTimeOffset Now = new(2017, 9, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly EntryCode Sent = new EntryCode().Send("012345", Now);

    [Theory]
    [InlineData(15 * 60, (int)CodeVerdict.Right)]
    [InlineData(15 * 60 + 1, (int)CodeVerdict.None)]
    public void A_code_can_be_used_for_15_minutes(int seconds, int expected) =>
        Assert.Equal((CodeVerdict)expected, Sent.Try("012345", Now.AddSeconds(seconds)).Verdict);

    [Theory]
    [InlineData("012345", (int)CodeVerdict.Right)]
    [InlineData(" 012 345\n", (int)CodeVerdict.Right)]
    [InlineData("012-345", (int)CodeVerdict.Right)]
    [InlineData("12345", (int)CodeVerdict.Wrong)]
    [InlineData("0123450", (int)CodeVerdict.Wrong)]
    [InlineData("", (int)CodeVerdict.Wrong)]
    [InlineData(null, (int)CodeVerdict.Wrong)]
    public void Only_the_six_digits_count(string? typed, int expected) => Assert.Equal((CodeVerdict)expected, Sent.Try(typed, Now).Verdict);

    [Fact]
    public void It_can_be_used_once() => Assert.Equal(CodeVerdict.None, Sent.Try("012345", Now).After.Try("012345", Now).Verdict);

    [Theory]
    [InlineData(4, (int)CodeVerdict.Right)]
    [InlineData(5, (int)CodeVerdict.None)]
    public void After_five_wrong_ones_even_the_right_one_does_not_count(int wrong, int expected)
    {
        var code = Enumerable.Range(0, wrong).Aggregate(Sent, (c, _) => c.Try("999999", Now).After);
        Assert.Equal((CodeVerdict)expected, code.Try("012345", Now).Verdict);
    }

    [Fact]
    public void The_newest_code_is_the_one_that_counts()
    {
        var newest = Sent.Send("543210", Now);
        Assert.Equal(CodeVerdict.Wrong, newest.Try("012345", Now).Verdict);
        Assert.Equal(CodeVerdict.Right, newest.Try("543210", Now).Verdict);
    }

    [Fact]
    public void At_most_one_is_sent_a_minute_and_five_an_hour()
    {
        var asked = new EntryCode().Ask(Now)!;
        Assert.Null(asked.Ask(Now.AddSeconds(59)));
        for (var minute = 1; minute < 5; minute++)
            asked = asked.Ask(Now.AddMinutes(minute))!;
        Assert.Null(asked.Ask(Now.AddMinutes(59)));
        Assert.NotNull(asked.Ask(Now.AddMinutes(60)));
    }

    [Fact]
    public void The_register_keeps_no_code() => Assert.DoesNotContain("012345", FollowUp.Storage.Json.Write(Sent), StringComparison.Ordinal);

    [Fact]
    public void Codes_have_six_digits_and_are_not_all_the_same()
    {
        var codes = Enumerable.Range(0, 1000).Select(_ => EntryCode.Mint()).ToList();
        Assert.All(codes, code => Assert.Matches("^[0-9]{6}$", code));
        Assert.True(codes.Distinct().Count() > 950);
    }
}
