using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Storage that takes every connection and never answers, until it is told where to pass them on.</summary>
internal sealed partial class SilentStorage : IDisposable
{
    private const string Account = "devstoreaccount1";
    private const string PublishedKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Dictionary<string, TcpListener> _listeners = new[] { "Blob", "Queue", "Table" }.ToDictionary(name => name, _ => new TcpListener(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Dictionary<string, Uri>> _passesTo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SilentStorage()
    {
        foreach (var (name, listener) in _listeners)
        {
            listener.Start();
            _ = AcceptAsync(name, listener);
        }
    }

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={PublishedKey};" + string.Concat(_listeners.Select(l => $"{l.Key}Endpoint=http://{l.Value.LocalEndpoint}/{Account};"));

    /// <summary>Passes all connections on to storage that answers, with what was said on them before.</summary>
    public void PassTo(string connectionString) =>
        _passesTo.SetResult(Endpoint().Matches(connectionString).ToDictionary(match => match.Groups[1].Value, match => new Uri(match.Groups[2].Value)));

    public void Dispose()
    {
        _stopping.Cancel();
        foreach (var listener in _listeners.Values)
            listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(string name, TcpListener listener)
    {
        try
        {
            while (true)
                _ = KeepAsync(await listener.AcceptTcpClientAsync(_stopping.Token), name, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The test is over
        }
    }

    private async Task KeepAsync(TcpClient client, string name, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                var targets = await _passesTo.Task.WaitAsync(stop);
                using var target = new TcpClient();
                await target.ConnectAsync(targets[name].Host, targets[name].Port, stop);
                await Task.WhenAny(client.GetStream().CopyToAsync(target.GetStream(), stop), target.GetStream().CopyToAsync(client.GetStream(), stop));
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
            {
                // The test is over, or whoever asked has not waited
            }
        }
    }

    [GeneratedRegex("(Table|Queue|Blob)Endpoint=([^;]+)")]
    private static partial Regex Endpoint();
}
