using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace FollowUp.Tests.Infrastructure;

/// <summary>A page of the staff as it came.</summary>
internal sealed record StaffPage(HttpStatusCode Status, string Html)
{
    public IHtmlDocument Document => field ??= new HtmlParser().ParseDocument(Html);
}

/// <summary>A signed-in person of the staff with a browser that runs no scripts.</summary>
internal sealed partial class StaffBrowser : IDisposable
{
    private readonly HttpClient client;

    private StaffBrowser(HttpClient client) => this.client = client;

    /// <summary>Signs in as a browser does.</summary>
    /// <param name="person">The role of the demo person.</param>
    public static async Task<StaffBrowser> SignInAsync(LocalService service, string person)
    {
        var stop = TestContext.Current.CancellationToken;
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false }) { BaseAddress = service.BaseAddress };
        var asked = await browser.GetStringAsync(new Uri("staff", UriKind.Relative), stop);
        var form = Hidden().Matches(asked).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)));
        using var choice = new FormUrlEncodedContent([.. form, new("person", person)]);
        using var back = await browser.PostAsync(new Uri(service.Console, "connect/authorize"), choice, stop);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        return new StaffBrowser(browser);
    }

    public async Task<StaffPage> GetAsync(string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return new StaffPage(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a form with a token of this person's.</summary>
    public async Task<StaffPage> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        var token = Antiforgery().Match((await GetAsync("/staff")).Html).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", WebUtility.HtmlDecode(token))]);
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return new StaffPage(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Antiforgery();
}
