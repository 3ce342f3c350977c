using FollowUp.Chasing;

namespace FollowUp.Tests.Chasing;

public sealed class ChasingSettingsTests
{
    [Fact]
    public void What_comes_with_the_service_is_sound() => Assert.Empty(Faults(new ChasingSettings()));

    [Fact]
    public void A_number_or_time_out_of_bounds_is_named_with_its_bounds()
    {
        var tooSmall = new ChasingSettings
        {
            DailyCap = 0,
            HoldLeast = 0,
            HoldTimesMedian = double.NaN,
            HoldDays = 0,
            AtOnce = 0,
            Lease = TimeSpan.FromSeconds(1),
            UnknownWaits = TimeSpan.Zero,
            TaskAfter = TimeSpan.FromMinutes(9),
            LateAfter = TimeSpan.FromMinutes(9),
        };
        var tooLarge = new ChasingSettings
        {
            DailyCap = 1_000_001,
            HoldLeast = 1_000_001,
            HoldTimesMedian = 1001,
            HoldDays = 61,
            AtOnce = 65,
            Lease = TimeSpan.FromMinutes(11),
            UnknownWaits = TimeSpan.FromDays(2),
            TaskAfter = TimeSpan.FromDays(31),
            LateAfter = TimeSpan.FromDays(31),
        };
        string[] expected = ["AtOnce", "DailyCap", "HoldDays", "HoldLeast", "HoldTimesMedian", "LateAfter", "Lease", "TaskAfter", "UnknownWaits"];

        Assert.Equal(expected.Select(name => $"Chasing__{name} must be from"), Faults(tooSmall));
        Assert.Equal(expected.Select(name => $"Chasing__{name} must be from"), Faults(tooLarge));
    }

    // The generator puts the property before the message, which the start takes away
    private static IEnumerable<string> Faults(ChasingSettings settings) =>
        (new ChasingSettingsRules().Validate(null, settings).Failures ?? []).Select(fault => string.Join(' ', fault.Split(' ')[1..5])).Order(StringComparer.Ordinal);
}
