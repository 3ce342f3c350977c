namespace FollowUp.Tests;

public sealed class ProblemsTests
{
    [Fact]
    public void A_line_break_counts_once_and_is_kept_as_one_character()
    {
        var problems = new Problems();

        Assert.Equal("a\nb\nc", problems.Text(" a\r\nb\rc \n", "text", "the text", 5));
        Assert.False(problems.Any);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void A_text_that_is_too_long_is_told_with_both_numbers(int length, bool refused)
    {
        var problems = new Problems();
        problems.Text(new string('x', length), "text", "the text", 10);

        Assert.Equal(refused ? ["The text must be 10 characters or fewer; it is 11"] : [], problems.Refusal.Problems.Select(p => p.Message));
    }

    [Fact]
    public void Control_characters_and_halves_of_pairs_are_refused()
    {
        // No theory: halves of pairs do not survive in an attribute
        foreach (var text in new[] { "nul\0", "bell\a", "half a pair \uD83D", "\uDE00 the other half", "\uD83D\uD83D\uDE00" })
        {
            var problems = new Problems();
            problems.Text($"x{text}x", "text", "the text", 100);

            Assert.Equal(["text"], problems.Refusal.Problems.Select(p => p.Field));
        }
    }

    [Theory]
    [InlineData("Dana Main", null)]
    [InlineData("Dana\rMain", "Your full name must be on one line")]
    [InlineData("Dana\u0085Main", "Your full name must be on one line")]
    [InlineData("Dana <dana@x.example>", "Your full name must be without < or >")]
    public void A_persons_name_stands_on_one_line_without_an_address(string name, string? message)
    {
        var problems = new Problems();
        problems.PersonName(name, "name", "your full name");

        Assert.Equal(message is null ? [] : [message], problems.Refusal.Problems.Select(p => p.Message));
    }

    [Fact]
    public void Pairs_tabs_and_lines_are_text()
    {
        var problems = new Problems();
        problems.Text("👩🏽‍⚖️\t日本\nשלום", "text", "the text", 100);

        Assert.False(problems.Any);
    }

    [Fact]
    public void What_is_missing_is_asked_for_and_what_may_be_missing_is_null()
    {
        var problems = new Problems();
        problems.Text(null, "text", "the text", 10);

        Assert.Equal(["text: Enter the text"], problems.Refusal.Problems.Select(p => $"{p.Field}: {p.Message}"));
        Assert.Null(problems.OptionalText(" ", "other", "the other text", 10));
    }
}
