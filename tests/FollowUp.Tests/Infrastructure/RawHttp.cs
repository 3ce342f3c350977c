using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Sends a request line as it is written, since every HTTP client tidies paths before it sends them.</summary>
internal static class RawHttp
{
    public static async Task<int> SendAsync(Uri address, string method, string target, string headers = "", string body = "")
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = connection.GetStream();
        var length = headers.Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) ? "" : $"Content-Length: {body.Length}\r\n";
        var request = $"{method} {target} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\n{length}{headers}\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return int.Parse(status!.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
