using FollowUp.Replies;
using Microsoft.Extensions.Options;

namespace FollowUp.Tests.Replies;

public sealed class RepliesSettingsTests
{
    [Theory]
    [InlineData("maybe", 24, "Replies__Entry")]
    [InlineData("", 24, "Replies__Entry")]
    [InlineData("off", 0, "Replies__SessionHours")]
    [InlineData("address", 169, "Replies__SessionHours")]
    public void A_bad_setting_is_named(string entry, int hours, string named)
    {
        IValidateOptions<RepliesSettings>[] rules = [new RepliesSettingsRules(), new SessionHoursAreSound()];
        var settings = new RepliesSettings { Entry = entry, SessionHours = hours };
        Assert.Contains(rules.SelectMany(r => r.Validate(null, settings).Failures ?? []), failure => failure.Contains(named, StringComparison.Ordinal));
    }
}
