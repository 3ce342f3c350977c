using System.Globalization;
using System.Security.Cryptography;
using FollowUp.Recommendations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace FollowUp.Replies;

/// <summary>
/// The cookie by which a browser that has opened a link is known again at addresses without the token. Each link has
/// its own, made for that link alone. It only names the link: whether that is alive is read from the register each time.
/// </summary>
internal sealed class LinkSession(IDataProtectionProvider protection, IOptions<FollowUpSettings> service, IOptions<RepliesSettings> settings)
{
    /// <summary>Browsers send all of them with every request, so the oldest give way.</summary>
    private const int MostSideBySide = 12;

    public void Start(HttpContext context, Link link)
    {
        GiveWay(context, link.Id);
        var value = $"{link.Hash}|{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
        context.Response.Cookies.Append(Prefix + link.Id, Protector(link.Id).Protect(value), Cookie());
    }

    /// <summary>The hash of the link that the browser has opened under this id; null when it has not, or too long ago.</summary>
    public string? Read(HttpContext context, string linkId) =>
        Open(context, linkId) is { } session && TimeProvider.System.GetUtcNow() - session.At < TimeSpan.FromHours(settings.Value.SessionHours) ? session.Hash : null;

    private string Prefix => service.Value.IsSecure ? "__Host-reply-" : "reply-";

    private (string Hash, DateTimeOffset At)? Open(HttpContext context, string linkId)
    {
        if (context.Request.Cookies[Prefix + linkId] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return Protector(linkId).Unprotect(cookie).Split('|') is [var hash, var seconds] && hash.StartsWith(linkId, StringComparison.Ordinal)
                ? (hash, DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void GiveWay(HttpContext context, string linkId)
    {
        var others = context.Request.Cookies.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Where(id => id != linkId);
        foreach (var old in others.OrderByDescending(id => Open(context, id)?.At ?? DateTimeOffset.MinValue).Skip(MostSideBySide - 1))
        {
            context.Response.Cookies.Delete(Prefix + old, Cookie());
        }
    }

    private CookieOptions Cookie() => new() { HttpOnly = true, Secure = service.Value.IsSecure, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    private IDataProtector Protector(string linkId) => protection.CreateProtector("FollowUp.Replies", "session", linkId);
}
