using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Local.Clock;

public sealed class ClockEndpointsTests(LocalService local) : IClassFixture<LocalService>
{
    [Fact]
    public async Task It_goes_forward_only()
    {
        var (status, now) = await PostAsync("""{"now":"2017-09-01T09:30:00+01:00"}""");
        Assert.Equal((HttpStatusCode.OK, "2017-09-01T09:30:00+01:00"), (status, now));

        (status, _) = await PostAsync("""{"now":"2017-09-01T09:00:00+01:00"}""");
        Assert.Equal(HttpStatusCode.Conflict, status);

        (status, _) = await PostAsync("""{"advance":"-00:01:00"}""");
        Assert.Equal(HttpStatusCode.Conflict, status);

        (status, now) = await PostAsync("""{"advance":"1.00:00:00"}""");
        Assert.Equal((HttpStatusCode.OK, "2017-09-02T09:30:00+01:00"), (status, now));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"now":"tomorrow"}""")]
    [InlineData("""{"advance":1}""")]
    [InlineData("")]
    public async Task What_it_does_not_understand_it_refuses(string body)
    {
        var (status, _) = await PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    private async Task<(HttpStatusCode Status, string? Now)> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await local.ConsoleClient().PostAsync("/clock", content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))?["now"]);
    }
}
