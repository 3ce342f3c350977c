using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using FollowUp.Access;
using FollowUp.Tests.Infrastructure;
using FollowUp.Tests.Replies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FollowUp.Tests.Contract;

/// <summary>The one table of rules against the doors, every route by every role.</summary>
[Collection(TheContract.Name)]
public sealed partial class AccessTests(Inspectorate the)
{
    private static readonly string[] Roles = ["nobody", "viewer", "registrar", "reviewer", "administrator"];

    public static TheoryData<string, string> ByRole { get; } = [.. AccessRules.All.Where(r => r.Rule is AccessRule.ByRole).SelectMany(r => Methods(r.Methods).Select(m => (m, r.Pattern)))];

    [Theory]
    [MemberData(nameof(ByRole))]
    public async Task A_route_is_open_to_its_roles_and_closed_to_everybody_else(string method, string pattern)
    {
        var roles = ((AccessRule.ByRole)AccessRules.All.First(r => r.Pattern == pattern && Methods(r.Methods).Contains(method)).Rule).Roles;
        var path = Placeholder().Replace(pattern, found => found.Value switch { "{inspection}" => "nowhere-2017-08", "{number}" => "1", "{linkId}" => new string('0', 32), _ => "nowhere" });
        foreach (var role in Roles)
        {
            var answer = await the.Of(role).SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}");
            var may = role == "administrator" || roles.Any(r => r == Role.Viewer ? role != "nobody" : Staff.Name(r) == role);
            var where = $"{method} {path} as {role}: {answer.Status}";
            if (may)
                Assert.False(answer.Status is 401 or 403 or 302, where);
            else if (role != "nobody")
                Assert.True(answer.Status == 403, where);
            else if (pattern.StartsWith("api", StringComparison.Ordinal))
                Assert.True(answer.Status == 401, where);
            else
                Assert.True(answer.Status == 302 && answer.Location!.StartsWith(the.Service.Console.ToString(), StringComparison.Ordinal), where);
            if (!may && pattern.StartsWith("api", StringComparison.Ordinal))
                Assert.True(answer.IsProblem, where);
        }
    }

    [Fact]
    public void Every_door_is_in_the_table_and_every_row_of_the_table_has_a_door()
    {
        var doors = the.Parts.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => (Method: m, Pattern: AccessTable.Pattern(e)))).Distinct().ToList();

        Assert.True(doors.Count > 40);
        Assert.All(doors, d => Assert.Contains(AccessRules.All, r => Same(r.Pattern, d.Pattern) && (r.Methods == "*" || d.Method == "*" || r.Methods == (d.Method == "HEAD" ? "GET" : d.Method))));
        Assert.All(AccessRules.All, r => Assert.Contains(doors, d => Same(r.Pattern, d.Pattern) && (d.Method == "*" || r.Methods == "*" || r.Methods == d.Method)));
    }

    [Fact]
    public void What_is_open_to_everybody_says_why() =>
        Assert.All(AccessRules.All.Select(r => r.Rule).OfType<AccessRule.Public>(), r => Assert.NotEmpty(r.Why));

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer ")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJhZG1pbmlzdHJhdG9yIl0sImF1ZCI6ImZvbGxvd3VwIn0.")]
    [InlineData("Basic YTpi")]
    public async Task A_token_that_the_provider_did_not_sign_is_a_401_problem(string authorization)
    {
        var answer = await the.Nobody.SendAsync(HttpMethod.Get, "api/organisations", null, ("Authorization", authorization));

        Assert.Equal((401, true), (answer.Status, answer.IsProblem));
    }

    [Theory]
    [InlineData("ChaseRecommendations")]
    [InlineData("SweepRegister")]
    [InlineData("SendStaffDigest")]
    [InlineData("SendEmail")]
    public async Task A_trigger_door_is_out_of_reach_from_outside(string door)
    {
        foreach (var role in Roles)
            Assert.Equal(404, (await the.Of(role).PostAsync(door)).Status);

        // The service's own port, which only the host knows: what is forwarded for others does not look like the host
        var own = await the.Service.Stack.Service.AddressAsync(TestContext.Current.CancellationToken);
        foreach (var coreTools in new[] { false, true })
        {
            Assert.Equal(404, RawHttp.StatusOf(await RawHttp.CallAsync(coreTools, own, "/" + door, "{}", "X-Forwarded-For: 10.0.0.1\r\n")));
            Assert.Equal(404, RawHttp.StatusOf(await RawHttp.CallAsync(coreTools, own, "/" + door, "{}", host: the.Service.BaseAddress.Authority)));
        }
    }

    [Fact]
    public async Task Whatever_may_be_got_may_be_asked_for_its_head()
    {
        foreach (var pattern in AccessRules.All.Where(r => r.Methods is "GET").Select(r => r.Pattern).Distinct())
        {
            var path = Placeholder().Replace(pattern, found => found.Value switch { "{inspection}" => "nowhere-2017-08", "{number}" => "1", "{linkId}" => new string('0', 32), "{documentName}" => "v1", _ => "nowhere" });
            var got = await the.Administrator.GetAsync(path);
            var head = await the.Administrator.SendAsync(HttpMethod.Head, path);

            Assert.Equal((path, got.Status, got.ContentType), (path, head.Status, head.ContentType));
            Assert.NotEqual(405, head.Status);
            Assert.Null(head.Body);
        }
    }

    [Fact]
    public async Task With_the_staffs_cookie_an_unsafe_method_needs_the_antiforgery_header()
    {
        var (cookie, token) = await SignInAsync(the.Service, "administrator");
        var organisation = await the.OrganisationAsync();
        var body = new { name = "By cookie", kind = "crc" };

        Assert.Equal(200, (await the.Nobody.SendAsync(HttpMethod.Get, $"api/organisations/{organisation}", null, ("Cookie", cookie))).Status);
        var without = await the.Nobody.PutAsync($"api/organisations/{organisation}", body, ("Cookie", cookie));
        Assert.Equal((403, true), (without.Status, without.IsProblem));
        Assert.Equal(403, (await the.Nobody.PutAsync($"api/organisations/{organisation}", body, ("Cookie", cookie), ("X-CSRF-TOKEN", "made-up"))).Status);
        Assert.NotEqual("By cookie", (await the.Viewer.GetAsync($"api/organisations/{organisation}")).Word("name"));
        Assert.Equal(200, (await the.Nobody.PutAsync($"api/organisations/{organisation}", body, ("Cookie", cookie), ("X-CSRF-TOKEN", token))).Status);
    }

    [Fact]
    public async Task A_session_of_staff_ends_after_its_time_and_no_page_prolongs_it()
    {
        var session = the.Parts.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Staff.CookieScheme);
        string Since(TimeSpan ago)
        {
            var signedInAt = TimeProvider.System.GetUtcNow() - ago;
            var who = new ClaimsPrincipal(new ClaimsIdentity([new("name", "Vera Viewer"), new(Staff.RolesClaim, Staff.Name(Role.Viewer))], Staff.CookieScheme));
            var ticket = new AuthenticationTicket(who, new AuthenticationProperties { IssuedUtc = signedInAt, ExpiresUtc = signedInAt + session.ExpireTimeSpan }, Staff.CookieScheme);
            return $"{session.Cookie.Name}={session.TicketDataFormat.Protect(ticket)}";
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = the.Service.BaseAddress };
        foreach (var (ago, status) in new[] { (TimeSpan.FromHours(9.9), HttpStatusCode.OK), (TimeSpan.FromHours(10.1), HttpStatusCode.Redirect) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "staff/review") { Headers = { { "Cookie", Since(ago) } } };
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c => c.StartsWith(session.Cookie.Name + "=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_cookie_of_a_viewer_is_a_viewers()
    {
        var (cookie, token) = await SignInAsync(the.Service, "viewer");

        Assert.Equal(403, (await the.Nobody.PostAsync("api/chase", null, ("Cookie", cookie), ("X-CSRF-TOKEN", token))).Status);
    }

    /// <summary>Signs in as a browser does; the cookies, and the token of a form.</summary>
    internal static async Task<(string Cookie, string Token)> SignInAsync(LocalService service, string person)
    {
        var stop = TestContext.Current.CancellationToken;
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies });
        var asked = await browser.GetAsync(new Uri(service.BaseAddress, "staff/organisations/new"), stop);
        var form = Hidden().Matches(await asked.Content.ReadAsStringAsync(stop)).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)));
        using var choice = new FormUrlEncodedContent([.. form, new("person", person)]);
        var back = await browser.PostAsync(new Uri(service.Console, "connect/authorize"), choice, stop);
        var page = await browser.GetStringAsync(new Uri(service.BaseAddress, "staff"), stop);
        Assert.True(back.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden, back.StatusCode.ToString());
        return (cookies.GetCookieHeader(service.BaseAddress), WebUtility.HtmlDecode(Antiforgery().Match(page).Groups[1].Value));
    }

    /// <summary>Somebody of the staff with a browser of their own, without scripts, who has signed in.</summary>
    internal static async Task<Visitor> VisitorAsync(LocalService service, string person)
    {
        var visitor = new Visitor(service.BaseAddress, _ => "");
        foreach (var cookie in (await SignInAsync(service, person)).Cookie.Split("; "))
            visitor.Cookies.Add(new Cookie(cookie.Split('=', 2)[0], cookie.Split('=', 2)[1], "/", service.BaseAddress.Host));
        return visitor;
    }

    private static IEnumerable<string> Methods(string methods) => methods == "*" ? ["GET", "POST"] : [methods];

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Antiforgery();
}
