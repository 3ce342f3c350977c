using CsCheck;
using FollowUp.Email;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Email;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Dana.Main@BGSW.example", "dana.main@bgsw.example")]
    [InlineData("  d+x@a-b.example ", "d+x@a-b.example")]
    [InlineData("o'neil@nps.example", "o'neil@nps.example")]
    public void An_address_is_kept_in_small_letters(string text, string address)
    {
        Assert.True(EmailAddress.TryParse(text, null, out var parsed));
        Assert.Equal(address, parsed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("dana")]
    [InlineData("dana@bgsw")]
    [InlineData("dana@@bgsw.example")]
    [InlineData(".dana@bgsw.example")]
    [InlineData("dana@bgsw..example")]
    [InlineData("dana@-bgsw.example")]
    [InlineData("Dana <dana@bgsw.example>")]
    [InlineData("dana@bgsw.example, other@bgsw.example")]
    [InlineData("dana@bgsw.example\r\nBcc: x@evil.example")]
    [InlineData("\"dana main\"@bgsw.example")]
    [InlineData("dána@bgsw.example")]
    [InlineData("dana@bgsw.1")]
    public void What_is_no_plain_address_is_refused(string text) => Assert.False(EmailAddress.TryParse(text, null, out _));

    [Fact]
    public void Whatever_is_accepted_fits_on_one_header_line() =>
        Gen.Select(AnyText.Any, Gen.Bool.Select(b => b ? "@bgsw.example" : "")).Sample((text, end) =>
        {
            if (EmailAddress.TryParse(text + end, null, out var address))
                Assert.DoesNotContain(address.ToString(), c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';');
        });

    [Theory]
    [InlineData("example", true)]
    [InlineData("bgsw.example", true)]
    [InlineData("sw.example", false)]
    [InlineData("other.example", false)]
    public void A_domain_holds_those_below_it_and_no_look_alikes(string domain, bool isIn) =>
        Assert.Equal(isIn, EmailAddress.Parse("dana@bgsw.example", null).IsIn(domain));
}
