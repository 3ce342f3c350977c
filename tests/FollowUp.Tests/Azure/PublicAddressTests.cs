using System.Net;
using System.Web;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FollowUp.Local.Front;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Azure;

/// <summary>A person of the staff at the service's public address: https outside, the platform's front and the Functions host between, plain http inside.</summary>
public sealed class PublicAddressTests
{
    private static readonly Uri Public = new("https://followup.example.gov.uk/");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_signs_in_stops_sending_and_signs_out(bool proxying)
    {
        await using var local = new LocalService();
        local.Settings["FollowUp__BaseAddress"] = Public.AbsoluteUri;
        await local.StartAsync(options => options with { HttpMode = proxying ? HttpMode.Proxying : HttpMode.Forwarding });
        using var front = new PlatformFront(local.BaseAddress, Public);
        using var browser = new HttpClient(front) { BaseAddress = Public };

        using var challenge = await SendAsync(browser, HttpMethod.Get, "/staff");
        Assert.Equal(local.Console.Authority, challenge.Headers.Location!.Authority);
        var asked = HttpUtility.ParseQueryString(challenge.Headers.Location.Query);
        Assert.Equal($"{Public}signin-oidc", asked["redirect_uri"]);
        Assert.NotEmpty(challenge.Headers.GetValues("Strict-Transport-Security"));

        using var chosen = await SendAsync(browser, HttpMethod.Post, new Uri(local.Console, "connect/authorize").AbsoluteUri, [.. asked.AllKeys.Select(key => (key!, asked[key]!)), ("person", "administrator")]);
        Assert.Equal(Public.Authority, chosen.Headers.Location!.Authority);
        using var back = await SendAsync(browser, HttpMethod.Get, chosen.Headers.Location.AbsoluteUri);
        Assert.Equal("/staff", back.Headers.Location!.OriginalString);

        var form = await PageAsync(browser, "/staff/sending/stop");
        using var forged = await SendAsync(browser, HttpMethod.Post, "/staff/sending/stop", ("Reason", "Nobody typed this"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var stopped = await SendAsync(browser, HttpMethod.Post, "/staff/sending/stop", ("Reason", "We look for a fault"), ("__RequestVerificationToken", Token(form)));
        Assert.Equal(HttpStatusCode.SeeOther, stopped.StatusCode);
        Assert.Contains("We look for a fault", (await PageAsync(browser, "/staff/sending")).Body!.TextContent, StringComparison.Ordinal);

        using var left = await SendAsync(browser, HttpMethod.Post, "/staff/sign-out", ("__RequestVerificationToken", Token(form)));
        Assert.Equal(local.Console.Authority, left.Headers.Location!.Authority);
        using var parted = await SendAsync(browser, HttpMethod.Get, left.Headers.Location.AbsoluteUri);
        Assert.StartsWith($"{Public}signout-callback-oidc", parted.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        using var home = await SendAsync(browser, HttpMethod.Get, parted.Headers.Location.AbsoluteUri);
        Assert.Equal("/", home.Headers.Location!.OriginalString);
        using var again = await SendAsync(browser, HttpMethod.Get, "/staff");
        Assert.Equal(local.Console.Authority, again.Headers.Location!.Authority);

        Assert.Contains("__Host-followup-staff", front.Cookies.Select(cookie => cookie.Name));
        Assert.Contains("__Host-followup-antiforgery", front.Cookies.Select(cookie => cookie.Name));
        Assert.All(front.Cookies, cookie => Assert.True(cookie is { Secure: true, HttpOnly: true, Domain: "" }, cookie.Name));
        Assert.All(front.Cookies.Where(cookie => cookie.Name.StartsWith("__Host-", StringComparison.Ordinal)), cookie => Assert.Equal("/", cookie.Path));
    }

    private static async Task<IHtmlDocument> PageAsync(HttpClient browser, string address)
    {
        using var answer = await SendAsync(browser, HttpMethod.Get, address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Token(IHtmlDocument page) => page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, HttpMethod method, string address, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(method, address);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return browser.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
