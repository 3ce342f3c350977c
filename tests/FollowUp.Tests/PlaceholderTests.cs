namespace FollowUp.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void Adds() => Assert.Equal(2, 1 + 1);
}
