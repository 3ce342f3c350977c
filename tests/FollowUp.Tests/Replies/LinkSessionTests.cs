using FollowUp.Organisations;
using FollowUp.Recommendations;
using FollowUp.Replies;
using FollowUp.Tests.Builders;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FollowUp.Tests.Replies;

public sealed class LinkSessionTests
{
    private static readonly Link Link = new()
    {
        Id = "0123456789abcdef0123456789abcdef",
        Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        OrganisationId = Gloucestershire.Crc.Id,
        Contact = new Recipient("Dana Main", A.Contact("Dana Main").Email, Relation.Own, ContactRole.Main, Gloucestershire.Crc.Id),
        Mid = "mid",
        CreatedAt = default,
    };

    [Theory]
    [InlineData("https://followup.example", "__Host-reply-0123456789abcdef0123456789abcdef=", true)]
    [InlineData("http://127.0.0.1:7071", "reply-0123456789abcdef0123456789abcdef=", false)]
    public void The_cookie_belongs_to_this_host_and_this_link_alone(string address, string begins, bool secure)
    {
        var session = new LinkSession(new EphemeralDataProtectionProvider(), Options.Create(new FollowUpSettings { BaseAddress = new Uri(address) }), Options.Create(new RepliesSettings()));
        var answer = new DefaultHttpContext();
        session.Start(answer, Link);
        var cookie = answer.Response.Headers.SetCookie.ToString();
        Assert.StartsWith(begins, cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.Ordinal));
        Assert.Contains("; path=/;", cookie + ";", StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", cookie, StringComparison.Ordinal);

        var next = new DefaultHttpContext();
        next.Request.Headers.Cookie = cookie.Split(';')[0];
        Assert.Equal(Link.Hash, session.Read(next, Link.Id));
        Assert.Null(session.Read(next, "f" + Link.Id[1..]));
    }
}
