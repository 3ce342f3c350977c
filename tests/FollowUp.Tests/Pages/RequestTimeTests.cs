using System.Net.Sockets;
using System.Text;
using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Pages;

/// <summary>One request must not last until the Functions host ends the process. The host of these tests is less patient: two seconds for a body, three for the work.</summary>
public sealed class RequestTimeTests(PagesHost host) : IClassFixture<PagesHost>
{
    [Theory]
    [InlineData("/webhooks/read", "application/json", "{\"a\":")]
    [InlineData("/reply/form", "application/x-www-form-urlencoded", "a=b&")]
    [InlineData("/reply/form", "multipart/form-data; boundary=x", "--x\r\n")]
    public async Task A_body_that_trickles_is_answered_with_408_whoever_reads_it(string path, string type, string start) =>
        Assert.Equal(408, await TrickleAsync(path, type, start, TimeSpan.FromSeconds(8)));

    [Fact]
    public async Task A_run_looks_after_its_time_itself() =>
        Assert.Equal(200, await TrickleAsync("/ARun", "application/json", "{", TimeSpan.FromSeconds(4)));

    [Fact]
    public async Task Work_that_does_not_end_is_answered_with_503() =>
        Assert.Equal(503, (int)(await host.Client.PostAsync("/api/work", null, TestContext.Current.CancellationToken)).StatusCode);

    /// <summary>Sends a piece of a body ten times a second, until it is answered or the time has come to end it.</summary>
    private async Task<int> TrickleAsync(string path, string type, string start, TimeSpan until)
    {
        var stop = TestContext.Current.CancellationToken;
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port, stop);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {host.Client.BaseAddress.Authority}\r\nConnection: close\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{start.Length:x}\r\n{start}\r\n"), stop);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answering = reader.ReadLineAsync(stop).AsTask();
        var began = TimeProvider.System.GetTimestamp();
        while (!answering.IsCompleted && TimeProvider.System.GetElapsedTime(began) < until)
        {
            // Faster than the least that the server itself would wait for
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"40\r\n{new string('a', 64)}\r\n"), stop);
            await Task.WhenAny(answering, Task.Delay(100, stop));
        }

        if (!answering.IsCompleted)
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
        return RawHttp.StatusOf(await answering ?? throw new IOException("The connection was cut without an answer."));
    }
}
