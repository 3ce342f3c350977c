using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>Between a browser and the service stand the platform's front and the Functions host; what they add, or a visitor forges, changes nothing.</summary>
public abstract partial class BehindProxiesTests(PackagedService service)
{
    private static readonly (string Name, string Value)[] Forged =
    [
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.5"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "host=evil.example;proto=https"),
        ("DISGUISED-HOST", "evil.example"), ("X-Original-URL", "/staff"), ("X-MS-CLIENT-PRINCIPAL", "eyJyb2xlcyI6WyJhZG1pbmlzdHJhdG9yIl19"), ("X-MS-CLIENT-PRINCIPAL-ID", "administrator"),
        ("X-MS-CLIENT-PRINCIPAL-NAME", "Megan Pryce"), ("X-MS-TOKEN-AAD-ID-TOKEN", "x"),
    ];

    private LocalService Local => service.Local;

    [Fact]
    public async Task Forged_headers_move_no_redirect()
    {
        using var answer = await GetAsync(Local.Anonymous(), "/staff", forged: true);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(Local.Console.Authority, answer.Headers.Location!.Authority);
        Assert.Equal(new Uri(Local.BaseAddress, "signin-oidc").AbsoluteUri, HttpUtility.ParseQueryString(answer.Headers.Location.Query)["redirect_uri"]);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("evil", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forged_headers_sign_nobody_in()
    {
        using var answer = await GetAsync(Local.Anonymous(), "/api/organisations", forged: true);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_signs_in_and_forms_are_protected(bool forged)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new CookieContainer() }) { BaseAddress = Local.BaseAddress };
        using var challenge = await GetAsync(browser, "/staff", forged);
        var asked = HttpUtility.ParseQueryString(challenge.Headers.Location!.Query);
        using var choice = new FormUrlEncodedContent([.. asked.AllKeys.Select(key => new KeyValuePair<string, string>(key!, asked[key]!)), new("person", "administrator")]);
        using var chosen = await browser.PostAsync(new Uri(Local.Console, "connect/authorize"), choice, TestContext.Current.CancellationToken);

        using var back = await GetAsync(browser, chosen.Headers.Location!.PathAndQuery, forged);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Equal("/staff", back.Headers.Location!.OriginalString);

        using var page = await GetAsync(browser, "/staff", forged);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        using var bare = await browser.PostAsync("/api/chase", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, bare.StatusCode);

        var token = Token().Match(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
        using var leave = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var left = await browser.PostAsync("/staff/sign-out", leave, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        using var again = await GetAsync(browser, "/staff", forged);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, bool forged)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in forged ? Forged : [])
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

[Collection(ServiceInProxyingMode.Name)]
public sealed class BehindProxiesInProxyingModeTests(ServiceInProxyingMode service) : BehindProxiesTests(service);

[Collection(ServiceInForwardingMode.Name)]
public sealed class BehindProxiesInForwardingModeTests(ServiceInForwardingMode service) : BehindProxiesTests(service);
