using CsCheck;
using FollowUp.Time;

namespace FollowUp.Tests.Time;

public sealed class LondonTimeTests
{
    [Theory]
    [InlineData("2017-08-31T22:59:59Z", "2017-08-31")]
    [InlineData("2017-08-31T23:00:00Z", "2017-09-01")]
    [InlineData("2017-12-31T23:59:59Z", "2017-12-31")]
    [InlineData("2018-01-01T00:00:00Z", "2018-01-01")]
    [InlineData("2017-03-25T23:59:59Z", "2017-03-25")] // The last day before summer time
    [InlineData("2017-03-26T00:00:00Z", "2017-03-26")]
    [InlineData("2017-03-26T22:59:59Z", "2017-03-26")] // A day of 23 hours
    [InlineData("2017-03-26T23:00:00Z", "2017-03-27")]
    [InlineData("2017-10-28T22:59:59Z", "2017-10-28")]
    [InlineData("2017-10-28T23:00:00Z", "2017-10-29")]
    [InlineData("2017-10-29T23:59:59Z", "2017-10-29")] // A day of 25 hours
    [InlineData("2017-10-30T00:00:00Z", "2017-10-30")]
    public void A_day_begins_and_ends_at_midnight_in_London(string moment, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), DateTimeOffset.Parse(moment, null).LondonDate());

    [Theory]
    [InlineData("2017-03-26", "00:59", "2017-03-26T00:59:00Z")]
    [InlineData("2017-03-26", "01:00", "2017-03-26T01:00:00Z")] // The hour that the clocks skip: the moment they reach
    [InlineData("2017-03-26", "01:30", "2017-03-26T01:00:00Z")]
    [InlineData("2017-03-26", "02:00", "2017-03-26T01:00:00Z")]
    [InlineData("2017-03-26", "09:00", "2017-03-26T08:00:00Z")]
    [InlineData("2017-10-29", "00:59", "2017-10-28T23:59:00Z")]
    [InlineData("2017-10-29", "01:30", "2017-10-29T01:30:00Z")] // The hour that comes twice
    [InlineData("2017-10-29", "02:00", "2017-10-29T02:00:00Z")]
    public void A_London_date_and_time_is_one_moment_also_when_the_clocks_change(string day, string time, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, null), LondonTime.At(DateOnly.Parse(day, null), TimeOnly.Parse(time, null)));

    [Theory]
    [InlineData("2017-09-14T08:00:00Z", "9am")]
    [InlineData("2017-09-14T13:05:59Z", "2:05pm")]
    [InlineData("2017-09-14T11:00:00Z", "midday")]
    [InlineData("2017-09-14T11:01:00Z", "12:01pm")]
    [InlineData("2017-12-14T00:00:00Z", "midnight")]
    [InlineData("2017-12-14T00:30:00Z", "12:30am")]
    public void Clocks_are_read_as_GOV_UK_writes_them(string moment, string words) =>
        Assert.Equal(words, DateTimeOffset.Parse(moment, null).ClockInWords());

    [Fact]
    public void Every_day_from_2012_to_2028_has_its_own_nine_o_clock() =>
        Gen.Int[new DateOnly(2012, 1, 1).DayNumber, new DateOnly(2028, 12, 31).DayNumber].Sample(number =>
        {
            var day = DateOnly.FromDayNumber(number);
            var nine = LondonTime.At(day, new(9, 0));
            Assert.Equal(day, nine.LondonDate());
            Assert.Equal(9, nine.InLondon().Hour);
            Assert.Equal(TimeSpan.Zero, nine.Offset);
        });
}
