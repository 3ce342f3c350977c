using FollowUp.Local.Front;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Local.Front;

public sealed class FrontHostTests(LocalService shared) : IClassFixture<LocalService>
{
    [Theory]
    [InlineData(HttpMode.Proxying)]
    [InlineData(HttpMode.Forwarding)]
    internal async Task No_spelling_of_a_path_reaches_a_trigger_door(HttpMode mode)
    {
        await using var local = new LocalService();
        await local.StartAsync(options => options with { HttpMode = mode });

        foreach (var target in TriggerPaths.InEverySpelling)
        {
            var status = await RawHttp.SendAsync(local.BaseAddress, "POST", target, body: "{}");
            Assert.True(status is 400 or 401 or 403 or 404 or 405, $"{target} answered {status}");
        }
    }

    [Theory]
    [InlineData("TRACE", "/api/organisations")]
    [InlineData("GET", "/admin/host/status")]
    [InlineData("GET", "/webhooks/sendgrid")]
    [InlineData("PUT", "/staff")]
    [InlineData("GET", "/runtime/webhooks")]
    public async Task Only_routes_and_methods_of_the_doors_pass(string method, string target) =>
        Assert.Equal(404, await RawHttp.SendAsync(shared.BaseAddress, method, target));

    [Fact]
    public async Task Forwarding_refuses_a_chunked_body_as_the_host_does()
    {
        await using var local = new LocalService();
        await local.StartAsync(options => options with { HttpMode = HttpMode.Forwarding });

        Assert.Equal(500, await RawHttp.SendAsync(local.BaseAddress, "POST", "/api/chase", "Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n"));
    }
}
