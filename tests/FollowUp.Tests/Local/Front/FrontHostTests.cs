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

        await TriggerPaths.StayClosedAsync(local.BaseAddress, refusesChunks: mode == HttpMode.Forwarding);
    }

    [Fact]
    public async Task Nor_does_one_with_the_services_own_address_in_the_host_header()
    {
        var own = await shared.Stack.Service.AddressAsync(TestContext.Current.CancellationToken);

        await TriggerPaths.StayClosedAsync(shared.BaseAddress, refusesChunks: false, host: own.Authority);
    }

    [Fact]
    public async Task Under_core_tools_timers_and_the_queue_come_with_their_length()
    {
        await using var local = new LocalService();
        await local.StartAsync(options => options with { CoreTools = true });

        foreach (var timer in new[] { "SweepRegister", "ChaseRecommendations", "SendStaffDigest" })
            await local.FireAsync(timer);
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
