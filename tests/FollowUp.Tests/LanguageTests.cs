using System.Globalization;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests;

/// <summary>The service on a machine that speaks another language.</summary>
public sealed class LanguageTests
{
    private static readonly DateOnly MarchFirst = new(2018, 3, 1);

    [Fact]
    public async Task Dates_and_numbers_are_in_English()
    {
        await using var service = new LocalService();
        service.Settings["LC_ALL"] = "de_DE.UTF-8";
        await service.InitializeAsync();
        using var client = await service.ApiAsync("registrar");
        var form = new
        {
            title = "One",
            area = "Two",
            programme = "Three",
            publishedOn = "1900-01-01",
            leadInspector = new { name = "Ines", email = "ines@inspectorate.example" },
            recommendations = new[] { new { text = new string('x', 20_000), organisationId = "nobody-there" } },
        };

        var answer = await new Api(client).PostAsync("api/inspections", form);

        Assert.Contains("must be 1 January 2012 or later", answer.Text, StringComparison.Ordinal);
        Assert.Contains("must be 5,000 characters or fewer; it is 20,000", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_says_how_it_is_in_English_too()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        Assert.Equal("1 März 2018", $"{MarchFirst:d MMMM yyyy}");

        Starting.SpeakEnglish();

        Assert.Equal("1 March 2018", $"{MarchFirst:d MMMM yyyy}");
        var elsewhere = "";
        var thread = new Thread(() => elsewhere = $"{MarchFirst:d MMMM yyyy}");
        thread.UnsafeStart();
        thread.Join();
        Assert.Equal("1 March 2018", elsewhere);
    }
}
