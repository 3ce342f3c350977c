using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FollowUp.Tests.Pages;

public sealed class FrameTests(PagesHost host) : IClassFixture<PagesHost>
{
    [Theory]
    [InlineData("/", 200)]
    [InlineData("/staff/form", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/staff/broken", 500)]
    [InlineData("/assets/followup.css", 200)]
    [InlineData("/robots.txt", 200)]
    public async Task Every_answer_carries_the_security_headers(string path, int status)
    {
        var answer = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://sign-in.example", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/staff/form")]
    [InlineData("/nowhere")]
    [InlineData("/assets/nowhere.js")]
    public async Task A_page_is_never_stored(string path)
    {
        var answer = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/staff/form")]
    [InlineData("/nowhere")]
    public async Task A_page_has_no_script_or_style_of_its_own(string path)
    {
        var page = await PageAsync(path);

        Assert.All(page.QuerySelectorAll("script"), script => Assert.StartsWith("/assets/", script.GetAttribute("src"), StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("style, [style], [onclick], [onload]"));
        Assert.Equal("noindex, nofollow", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_file_with_its_version_is_kept_and_one_without_is_asked_for_again()
    {
        var page = await PageAsync("/");
        var versioned = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        Assert.Equal("public, max-age=31536000, immutable", (await host.Client.GetAsync(versioned, TestContext.Current.CancellationToken)).Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", (await host.Client.GetAsync("/assets/govuk-frontend.min.js", TestContext.Current.CancellationToken)).Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/assets/followup.css", true)]
    [InlineData("/staff/form", false)]
    public async Task Only_files_are_compressed(string path, bool compressed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };
        var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(compressed, answer.Content.Headers.ContentEncoding.Contains("br"));
    }

    [Theory]
    [InlineData("/nowhere", 404, "Page not found")]
    [InlineData("/error", 404, "Page not found")]
    [InlineData("/staff/forbidden", 403, "You cannot see this page")]
    [InlineData("/staff/broken", 500, "Sorry, there is a problem with the service")]
    [InlineData("/staff/away", 503, "Sorry, the service is unavailable")]
    public async Task A_person_is_told_in_words_what_went_wrong(string path, int status, string heading)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using var request = new HttpRequestMessage(method, path);
            var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var words = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains($"<h1 class=\"govuk-heading-l\">{heading}</h1>", words, StringComparison.Ordinal);
            Assert.DoesNotContain("A secret", words, StringComparison.Ordinal);
            Assert.Equal(status >= 500, words.Contains("give this reference", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/api/broken", 500)]
    public async Task A_program_gets_a_problem(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int)problem!["status"]!);
        Assert.DoesNotContain("A secret", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_txt_says_where_to_report_and_until_when_it_holds()
    {
        var text = await host.Client.GetStringAsync("/.well-known/security.txt", TestContext.Current.CancellationToken);

        Assert.StartsWith("Contact: mailto:security@followup.example\nExpires: 20", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/.well-known/security.txt")]
    public async Task Asking_for_the_head_alone_is_answered(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_navigation_marks_where_the_page_lies()
    {
        var page = await PageAsync("/staff/form");

        Assert.Equal("Form", Assert.Single(page.QuerySelectorAll("nav [aria-current=page]")).TextContent.Trim());
    }

    private async Task<AngleSharp.Dom.IDocument> PageAsync(string path)
    {
        var answer = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
