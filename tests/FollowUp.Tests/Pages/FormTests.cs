using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace FollowUp.Tests.Pages;

public sealed class FormTests(PagesHost host) : IClassFixture<PagesHost>
{
    [Theory]
    [InlineData(500, 9_000, 200)]
    [InlineData(940, 9_000, 413)]
    [InlineData(2, 1_040_000, 200)]
    [InlineData(2, 1_060_000, 400)]
    public async Task A_form_may_hold_a_large_inspection_and_not_much_more(int fields, int length, int status)
    {
        using var form = new HttpRequestMessage(HttpMethod.Post, "/reply/form") { Headers = { { "Transfer-Encoding", "chunked" } } };
        form.Content = new StringContent(string.Join('&', Enumerable.Repeat($"a={new string('x', length)}", fields)), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");

        using var answer = await host.Client.SendAsync(form, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Errors_are_listed_in_the_order_of_the_page_and_link_to_their_fields()
    {
        var (_, page) = await SendAsync(("PublishedOn.Day", "31"), ("PublishedOn.Month", ""), ("PublishedOn.Year", "2017"));

        var links = page.QuerySelectorAll(".govuk-error-summary a");
        Assert.Equal(
            ["Enter a title", "Publication date must include a month", "Choose a verdict", "Choose an organisation", "Choose a theme"],
            links.Select(link => link.TextContent));
        Assert.All(links, link => Assert.IsAssignableFrom<IHtmlElement>(page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.Equal(["#Title", "#PublishedOn-month", "#Verdict", "#Organisations", "#Theme"], links.Select(link => link.GetAttribute("href")));
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_still_on_the_page()
    {
        var (_, page) = await SendAsync(("Title", "<i>“Title”</i>"), ("PublishedOn.Day", "31"), ("PublishedOn.Month", "febuary"), ("PublishedOn.Year", "17"),
            ("Verdict", "Unacceptable"), ("Reason", "\r\n first & second\r\n"), ("Organisations", "nps"), ("Theme", ""));

        Assert.Equal("<i>“Title”</i>", Value(page, "Title"));
        Assert.Equal(["31", "febuary", "17"], new[] { "PublishedOn-day", "PublishedOn-month", "PublishedOn-year" }.Select(id => Value(page, id)));
        Assert.Equal("Unacceptable", page.QuerySelector("[name=Verdict]:checked")!.GetAttribute("value"));
        Assert.Equal("\n first & second\n", ((IHtmlTextAreaElement)page.GetElementById("Reason")!).Value.ReplaceLineEndings("\n"));
        Assert.Equal(["nps"], page.QuerySelectorAll("[name=Organisations]:checked").Select(box => box.GetAttribute("value")));
    }

    [Theory]
    [InlineData("31", "8", "2017")]
    [InlineData(" 31 ", "August", "2017")]
    public async Task A_whole_form_is_accepted_and_the_next_page_says_so_once(string day, string month, string year)
    {
        var (answer, _) = await SendAsync(("Title", "Gloucestershire"), ("PublishedOn.Day", day), ("PublishedOn.Month", month), ("PublishedOn.Year", year),
            ("Verdict", "Acceptable"), ("Organisations", "crc"), ("Organisations", "nps"), ("Theme", "court"));

        Assert.Equal(303, (int)answer.StatusCode);
        using var next = new HttpRequestMessage(HttpMethod.Get, answer.Headers.Location);
        next.Headers.Add("Cookie", Cookies(answer));
        var page = new HtmlParser().ParseDocument(await (await host.Client.SendAsync(next, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("2017-08-31 crc+nps Acceptable", page.QuerySelector(".govuk-notification-banner--success p")!.TextContent.Trim());
        Assert.DoesNotContain("Error:", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("Title", "x")]);

        Assert.Equal(400, (int)(await host.Client.PostAsync("/staff/form", form, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Hostile_words_stay_words()
    {
        var page = new HtmlParser().ParseDocument(await host.Client.GetStringAsync("/staff/form", TestContext.Current.CancellationToken));
        var hostile = new FormPageModel().Hostile;

        Assert.Empty(page.QuerySelectorAll("main script, main b"));
        Assert.Equal(hostile, page.GetElementById("Title")!.GetAttribute("data-hostile"));
        Assert.Equal(hostile, page.GetElementById("Title-hint")!.TextContent);
        Assert.Equal(hostile, page.QuerySelector("label[for=Verdict]")!.TextContent);
        Assert.Equal(hostile, page.QuerySelector(".govuk-summary-list__value")!.TextContent);
        Assert.Equal(hostile, page.QuerySelector(".govuk-summary-list__actions a")!.GetAttribute("href"));
        Assert.Equal("by " + hostile, page.QuerySelector(".moj-timeline__byline")!.TextContent);
    }

    [Fact]
    public async Task A_timeline_has_the_markup_of_the_ministrys_template()
    {
        var page = new HtmlParser().ParseDocument(await host.Client.GetStringAsync("/staff/form", TestContext.Current.CancellationToken));

        Assert.Equal(MarkupNormaliser.Normalise("""
            <div class="moj-timeline"><div class="moj-timeline__item">
              <div class="moj-timeline__header"><h2 class="moj-timeline__title">Issued</h2><p class="moj-timeline__byline">by BY</p></div>
              <p class="moj-timeline__date"><time datetime="2017-08-31T08:05:00Z">31 August 2017 at 9:05am</time></p>
              <div class="moj-timeline__description">BY</div>
            </div></div>
            """), MarkupNormaliser.Normalise(page.QuerySelector(".moj-timeline")!.OuterHtml.Replace(Written(page), "BY", StringComparison.Ordinal)));

        static string Written(IDocument page) => page.QuerySelector(".moj-timeline__description")!.InnerHtml;
    }

    private static string Value(IDocument page, string id) => ((IHtmlInputElement)page.GetElementById(id)!).Value;

    private static string Cookies(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

    private async Task<(HttpResponseMessage Answer, IDocument Page)> SendAsync(params (string Name, string Value)[] fields)
    {
        var empty = await host.Client.GetAsync("/staff/form", TestContext.Current.CancellationToken);
        var token = new HtmlParser().ParseDocument(await empty.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/form");
        request.Headers.Add("Cookie", Cookies(empty));
        request.Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("__RequestVerificationToken", token)]);
        var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
