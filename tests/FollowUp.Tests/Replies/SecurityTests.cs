using System.Net;
using System.Text.RegularExpressions;
using FollowUp.Access;
using FollowUp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace FollowUp.Tests.Replies;

/// <summary>Every page behind a link, taken from the table of routes, so that no page is forgotten: whose it is, its forms, its headers.</summary>
[Collection(ReplyCollection.Name)]
public sealed partial class SecurityTests(ReplyService service, Browser browser)
{
    private static readonly (string, string)[] Filled =
    [
        ("do", "continue"), ("position", "Agreed"), ("actions[0].step", "Not mine to send"), ("actions[0].who", "Somebody"), ("text", "Not mine to send"), ("name", "Mallory"), ("role", "Nobody"),
        ("declared", "true"), ("reason", "Not mine to send"), ("email", "mallory@else.example"), ("change", "instead"), ("formId", "0123456789abcdef0123456789abcdef"),
    ];

    public static TheoryData<string, string> Pages => [.. Routes(r => true).Select(r => (r.Method, r.Pattern))];

    public static TheoryData<string> Forms => [.. Routes(r => r.Method == "POST").Select(r => r.Pattern)];

    [Fact]
    public void Every_page_by_a_link_is_tried_here_or_is_opened_by_a_secret_of_its_own()
    {
        // The table has every door, which AccessTests holds against the routing table
        string[] bySecret = ["reply/{*path}", "reply/{token}", "reply/calendar/{token}.ics"];
        var byLink = AccessRules.All.Where(r => r.Rule is AccessRule.ByLink).Select(r => r.Pattern).Distinct().ToList();
        Assert.Equal(byLink.Except(bySecret).Order(StringComparer.Ordinal), Routes(_ => true).Select(r => r.Pattern).Distinct().Order(StringComparer.Ordinal));
        Assert.All(bySecret, pattern => Assert.Contains(pattern, byLink));
        // Each names what it is about by the fields that the tries fill in
        Assert.All(byLink.Except(bySecret), pattern => Assert.Empty(Placeholder().Matches(pattern).Select(m => m.Value).Except(["{linkId}", "{inspection}", "{number}", "{file}"])));
    }

    [Fact]
    public async Task Its_own_link_opens_every_page_that_others_links_do_not()
    {
        var asked = await TheirsAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        foreach (var (_, pattern) in Routes(r => r.Method == "GET" && !r.Pattern.Contains("{file}", StringComparison.Ordinal)))
            Assert.Equal((pattern, HttpStatusCode.OK), (pattern, (await ann.OpenAsync(Fill(pattern, home, asked))).Status));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task No_page_opens_by_another_organisations_link(string method, string pattern)
    {
        var (mine, theirs) = (await MineAsync(), await TheirsAsync());
        using var ann = service.Visitor();
        var home = await ann.StartAsync(mine.Ann);
        using var victim = service.Visitor();
        var theirHome = await victim.StartAsync(theirs.Ann);
        using var nobody = service.Visitor();
        var token = (await ann.OpenAsync(mine.Question(home) + "/more-time")).Fields["__RequestVerificationToken"];
        var nobodys = (await nobody.OpenAsync("/reply/none")).Fields["__RequestVerificationToken"];
        await service.Local.SettleAsync();
        var before = await service.RowsAsync();

        var one = pattern.Contains("{inspection}", StringComparison.Ordinal);
        (Visitor Visitor, string Address, string Token)[] tries =
        [
            (ann, Fill(pattern, theirHome, theirs), token), (nobody, Fill(pattern, home, mine), nobodys), (nobody, Fill(pattern, theirHome, theirs), nobodys),
            .. one ? [(ann, Fill(pattern, home, theirs), token), (ann, Fill(pattern, theirHome, mine), token)] : Array.Empty<(Visitor, string, string)>(),
        ];
        foreach (var (visitor, address, its) in tries)
        {
            var page = method == "GET" ? await visitor.OpenAsync(address) : await visitor.PostAsync(address, [.. Filled, ("__RequestVerificationToken", its)]);
            Assert.True(page.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{method} {address}: {page.Status}");
            Assert.DoesNotContain($"Organisation {theirs.Organisation}", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("should do thing", page.Html, StringComparison.Ordinal);
        }

        var after = await service.RowsAsync();
        Assert.DoesNotContain(before.Except(after).Concat(after.Except(before)), row => !row.StartsWith("DataProtectionKeys", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task No_form_is_taken_without_the_token_of_this_very_browser(string pattern)
    {
        var asked = await MineAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        using var other = service.Visitor();
        var others = (await other.OpenAsync("/reply/none")).Fields["__RequestVerificationToken"];
        await service.Local.SettleAsync();
        var before = await service.RowsAsync();
        var address = Fill(pattern, home, asked);
        foreach (var token in new[] { null, "made-up", others })
        {
            foreach (var site in new[] { null, "cross-site", "same-site" })
            {
                var fields = token is null ? Filled : [.. Filled, ("__RequestVerificationToken", token)];
                var page = await ann.PostAsync(address, fields, site is null ? [] : [("Sec-Fetch-Site", site), ("Origin", "https://evil.example")]);
                Assert.True(page.Status == HttpStatusCode.BadRequest, $"{address} with {token ?? "no token"} from {site ?? "nowhere"}: {page.Status}");
                Assert.DoesNotContain("Not mine to send", page.Html, StringComparison.Ordinal);
            }
        }

        var after = await service.RowsAsync();
        Assert.DoesNotContain(before.Except(after).Concat(after.Except(before)), row => !row.StartsWith("DataProtectionKeys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_page_and_every_refusal_is_unstored_unframed_unindexed_and_tells_no_referrer()
    {
        var asked = await MineAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var cookies = ann.Cookies.GetCookieHeader(service.Local.BaseAddress);
        var client = service.Local.Anonymous();
        string[] addresses = [asked.Ann, "/reply/none", "/reply", .. Routes(r => r.Method == "GET").Select(r => Fill(r.Pattern, home, asked))];
        foreach (var (address, method) in addresses.SelectMany(a => new[] { (a, HttpMethod.Get), (a, HttpMethod.Post) }))
        {
            using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
            request.Headers.Add("Cookie", cookies);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            string Header(string name) => answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
            var where = $"{method} {address}: {answer.StatusCode}";
            Assert.True((int)answer.StatusCode < 500, where);
            Assert.True(Header("Cache-Control") == "no-store", where);
            Assert.True(Header("Referrer-Policy") == "no-referrer", where);
            Assert.True(Header("X-Robots-Tag").Contains("noindex", StringComparison.Ordinal), where);
            Assert.True(Header("X-Content-Type-Options") == "nosniff", where);
            var policy = Header("Content-Security-Policy");
            Assert.True(policy.Contains("default-src 'self'", StringComparison.Ordinal) && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) && policy.Contains("base-uri 'none'", StringComparison.Ordinal), where);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_token_is_in_no_referrer_no_other_site_no_later_address_and_no_log()
    {
        var asked = await service.AskAsync();
        var secret = asked.Ann["/reply/".Length..];
        var page = await browser.NewPageAsync();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<IRequest>();
        page.Request += (_, request) => seen.Enqueue(request);
        await page.GotoAsync(new Uri(service.Local.BaseAddress, asked.Ann).AbsoluteUri);
        await page.GetByLabel("Email address").FillAsync($"ann@{asked.Organisation}.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Recommendation 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for more time" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send your request" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        var requests = seen.ToList();
        Assert.All(requests, request => Assert.StartsWith(service.Local.BaseAddress.AbsoluteUri, request.Url, StringComparison.Ordinal));
        foreach (var request in requests)
            Assert.True(!(await request.AllHeadersAsync()).TryGetValue("referer", out var referrer) || !referrer.Contains("/reply", StringComparison.Ordinal), $"{request.Url} from {referrer}");
        Assert.All(requests.Where(r => r.Url.Contains(secret, StringComparison.Ordinal)), r => Assert.EndsWith(asked.Ann, r.Url, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, page.Url, StringComparison.Ordinal);
        Assert.Equal("noreferrer noopener", await (await page.QuerySelectorAsync("a[target=_blank]") is { } report ? report.GetAttributeAsync("rel") : Task.FromResult<string?>("noreferrer noopener")));
        Assert.DoesNotContain(secret, service.Local.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, string.Join('\n', await service.RowsAsync()), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_name_with_a_line_break_is_refused_wherever_it_is_typed()
    {
        var asked = await service.AskAsync();
        using var ann = service.Visitor();
        var home = await ann.StartAsync(asked.Ann);
        var check = await ann.SendAsync(await ann.OpenAsync(asked.Question(home)), "continue", Typed.Agreed());
        foreach (var name in new[] { "Ann\r\nBcc: all@evil.example", "Ann\nX", "Ann\u2028X", "Ann\u0085X" })
        {
            Assert.Contains(await ErrorsAsync(check), error => error.StartsWith("Your full name must", StringComparison.Ordinal));
            Assert.Contains(await ErrorsAsync(await ann.OpenAsync(asked.Question(home) + "/more-time")), error => error.StartsWith("Your full name must", StringComparison.Ordinal));
            Assert.Contains(await ErrorsAsync(await ann.OpenAsync(home + "/colleague")), error => error.StartsWith("Your colleague’s full name must", StringComparison.Ordinal));

            async Task<IReadOnlyList<string>> ErrorsAsync(Seen form) => (await ann.SendAsync(form, null, ("name", name), ("Name", name), ("role", "Head"), ("declared", "true"))).Errors;
        }

        Assert.Equal(0, await service.AnsweredEventsAsync(asked));
    }

    private static IEnumerable<(string Method, string Pattern)> Routes(Func<(string Method, string Pattern), bool> which) =>
        AccessRules.All.Where(r => r.Rule is AccessRule.ByLink && r.Pattern.StartsWith("reply/for/", StringComparison.Ordinal))
            .SelectMany(r => (r.Methods == "*" ? ["GET", "POST"] : new[] { r.Methods }).Select(m => (m, r.Pattern))).Where(which);

    private static string Fill(string pattern, string home, Asked asked) =>
        "/" + Placeholder().Replace(pattern, found => found.Value switch { "{linkId}" => home.Split('/')[^1], "{inspection}" => asked.Inspection, "{number}" => "1", _ => "1" });

    private async Task<Asked> MineAsync() => (await service.NextOfManyAsync()).Asked;

    private async Task<Asked> TheirsAsync() => await (theirs ??= service.AskAsync());

    private Task<Asked>? theirs;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
