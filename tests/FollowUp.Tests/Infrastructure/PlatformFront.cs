using System.Net;

namespace FollowUp.Tests.Infrastructure;

/// <summary>
/// The platform's front, which ends https, and the browser's cookies before it: a request to the public address goes to
/// the host as plain http with the forwarding headers, and a secure cookie only where the public address has https.
/// </summary>
/// <param name="host">The address of the Functions host.</param>
/// <param name="publicAddress">The address that the browser knows.</param>
internal sealed class PlatformFront(Uri host, Uri publicAddress) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
{
    private readonly CookieContainer _jar = new();
    private readonly List<Cookie> _set = [];

    /// <summary>Every cookie that the service ever set, as it was sent.</summary>
    public IReadOnlyList<Cookie> Cookies => _set;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        if (asked.Authority != publicAddress.Authority || asked.Scheme != publicAddress.Scheme)
            return await base.SendAsync(request, cancellationToken);

        if (_jar.GetCookieHeader(asked) is { Length: > 0 } cookies)
            request.Headers.Add("Cookie", cookies);
        request.Headers.Add("X-Forwarded-Proto", publicAddress.Scheme);
        request.Headers.Add("X-Forwarded-For", "203.0.113.5");
        request.Headers.Add("DISGUISED-HOST", publicAddress.Authority);
        request.Headers.Host = publicAddress.Authority;
        request.RequestUri = new Uri(host, asked.PathAndQuery);
        var answer = await base.SendAsync(request, cancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            _jar.SetCookies(asked, cookie);
            _set.Add(Read(cookie));
        }

        return answer;
    }

    // The container fills in what a cookie leaves out, and that is what matters here
    private static Cookie Read(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        string? Attribute(string name) => parts.Skip(1).FirstOrDefault(part => part.Split('=')[0].Equals(name, StringComparison.OrdinalIgnoreCase));
        return new Cookie(parts[0].Split('=')[0], "x")
        {
            Secure = Attribute("secure") is not null,
            HttpOnly = Attribute("httponly") is not null,
            Path = Attribute("path")?.Split('=')[1] ?? "",
            Domain = Attribute("domain")?.Split('=')[1] ?? "",
        };
    }
}
