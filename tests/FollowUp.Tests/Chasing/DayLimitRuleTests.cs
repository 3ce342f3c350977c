using FollowUp.Chasing;

namespace FollowUp.Tests.Chasing;

/// <summary>How many chasing emails a day may have: never more than the cap, nor so many that it is unusual.</summary>
public sealed class DayLimitRuleTests
{
    private static readonly DateOnly Day = new(2017, 9, 14);

    [Theory]
    [InlineData("", 200)]
    [InlineData("1 2 3", 200)]
    [InlineData("20 20 20", 200)]
    [InlineData("30 10 50", 300)]
    [InlineData("100 50 10 40", 450)]
    [InlineData("300 300 300", 2000)]
    public void A_day_has_at_most_the_larger_of_200_and_ten_times_what_is_usual_and_never_more_than_the_cap(string earlier, int limit) =>
        Assert.Equal(limit, DayLimitRule.Of(new SendingDay(Day), Numbers(earlier), new ChasingSettings()).Limit);

    [Fact]
    public void Only_the_last_twenty_sending_days_say_what_is_usual() =>
        Assert.Equal(500, DayLimitRule.Of(new SendingDay(Day), [.. Enumerable.Repeat(50, 20), .. Enumerable.Repeat(190, 60)], new ChasingSettings()).Limit);

    [Fact]
    public void A_release_is_for_its_number_above_or_below_everything_else()
    {
        var day = new SendingDay(Day, 200, new DayHold(default, "Too many", 200), new DayRelease("Ada", default, 430_000, "Checked"));

        Assert.Equal((430_000, "Ada released 430000 chasing emails for this day"), DayLimitRule.Of(day, [], new ChasingSettings()));
        Assert.Equal(0, DayLimitRule.Of(day with { IsUncounted = true }, [], new ChasingSettings()).Limit);
    }

    private static IReadOnlyList<int> Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, null))];
}
