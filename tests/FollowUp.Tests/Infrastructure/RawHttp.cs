using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Sends a request line as it is written, since every HTTP client tidies paths before it sends them.</summary>
internal static class RawHttp
{
    public static async Task<int> SendAsync(Uri address, string method, string target, string headers = "", string body = "", string? host = null) =>
        StatusOf(await ExchangeAsync(address, method, target, headers, body, host));

    /// <summary>Sends a body in one chunk, as the Functions host does, and reads the whole answer, headers first.</summary>
    public static Task<string> ChunkAsync(Uri address, string target, string body, string headers = "", string? host = null) =>
        ExchangeAsync(address, "POST", target, $"Transfer-Encoding: chunked\r\n{headers}", $"{Encoding.UTF8.GetByteCount(body):x}\r\n{body}\r\n0\r\n\r\n", host);

    /// <summary>Sends a body with its length, as the Functions host does under Core Tools, and reads the whole answer, headers first.</summary>
    public static Task<string> WholeAsync(Uri address, string target, string body, string headers = "", string? host = null) =>
        ExchangeAsync(address, "POST", target, headers, body, host);

    /// <summary>In one of the two ways in which the host calls a trigger.</summary>
    public static Task<string> CallAsync(bool coreTools, Uri address, string target, string body, string headers = "", string? host = null) =>
        coreTools ? WholeAsync(address, target, body, headers, host) : ChunkAsync(address, target, body, headers, host);

    public static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);

    private static async Task<string> ExchangeAsync(Uri address, string method, string target, string headers, string body, string? host)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = connection.GetStream();
        var length = headers.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        var request = $"{method} {target} HTTP/1.1\r\nHost: {host ?? address.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\n{length}{headers}\r\n{body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
