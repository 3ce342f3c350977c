using FollowUp.Pages.Components;

namespace FollowUp.Tests.Pages;

public sealed class DatePartsTests
{
    [Theory]
    [InlineData("", "8", "2017", "Deadline must include a day", "day")]
    [InlineData("", " ", "2017", "Deadline must include a day and month", "day,month")]
    [InlineData("31", "8", "", "Deadline must include a year", "year")]
    [InlineData("31", "8", "17", "Year must include 4 numbers", "year")]
    [InlineData("32", "8", "2017", "Deadline must be a real date", "day")]
    [InlineData("31", "13", "2017", "Deadline must be a real date", "month")]
    [InlineData("31", "octember", "2017", "Deadline must be a real date", "month")]
    [InlineData("31", "Ju", "2017", "Deadline must be a real date", "month")]
    [InlineData("30", "2", "2017", "Deadline must be a real date", "day,month,year")]
    [InlineData("29", "2", "2017", "Deadline must be a real date", "day,month,year")]
    [InlineData("1", "1", "0000", "Year must include 4 numbers", "year")]
    [InlineData("1", "1", "20I7", "Deadline must be a real date", "year")]
    [InlineData("-1", "1", "2017", "Deadline must be a real date", "day")]
    public void A_date_that_is_none_is_explained_and_its_boxes_are_named(string day, string month, string year, string problem, string boxes)
    {
        var parts = new DateParts(day, month, year);

        Assert.Null(parts.Date);
        Assert.Equal(problem, parts.Problem("Deadline"));
        Assert.Equal(boxes, string.Join(',', parts.Wrong()));
    }

    [Theory]
    [InlineData("29", "2", "2016")]
    [InlineData(" 29 ", "02", "2016 ")]
    [InlineData("29", "February", "2016")]
    [InlineData("29", "feb", "2016")]
    public void A_real_date_is_read_in_numbers_or_words(string day, string month, string year)
    {
        var parts = new DateParts(day, month, year);

        Assert.Equal(new DateOnly(2016, 2, 29), parts.Date);
        Assert.Null(parts.Problem("Deadline"));
        Assert.Empty(parts.Wrong());
    }

    [Theory]
    [InlineData("sept")]
    [InlineData("Sep")]
    [InlineData("9")]
    public void September_has_two_short_names(string month) => Assert.Equal(new DateOnly(2017, 9, 28), new DateParts("28", month, "2017").Date);

    [Fact]
    public void Nothing_typed_is_no_wrong_date() => Assert.Null(new DateParts("", null, " ").Problem("Deadline"));
}
