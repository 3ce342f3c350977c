using FollowUp.Replies;

namespace FollowUp.Tests.Replies;

public sealed class RepliesSettingsTests
{
    [Theory]
    [InlineData("maybe", 24, "Replies__Entry")]
    [InlineData("", 24, "Replies__Entry")]
    [InlineData("off", 0, "Replies__SessionHours")]
    [InlineData("address", 169, "Replies__SessionHours")]
    [InlineData("code", 24, "Replies__NewLinksADay", -1)]
    public void A_bad_setting_is_named(string entry, int hours, string named, int newLinks = 200)
    {
        var settings = new RepliesSettings { Entry = entry, SessionHours = hours, NewLinksADay = newLinks };
        Assert.Contains(new RepliesSettingsRules().Validate(null, settings).Failures ?? [], failure => failure.Contains(named, StringComparison.Ordinal));
    }
}
