using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Stands before storage, takes every connection and never answers, until it is told to pass them on.</summary>
internal sealed partial class SilentStorage : IDisposable
{
    private readonly Dictionary<string, TcpListener> _listeners = new[] { "Blob", "Queue", "Table" }.ToDictionary(name => name, _ => new TcpListener(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _passesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, Uri> _targets;

    /// <param name="connectionString">The storage behind it.</param>
    public SilentStorage(string connectionString)
    {
        foreach (var (name, listener) in _listeners)
        {
            listener.Start();
            _ = AcceptAsync(name, listener);
        }

        _targets = Endpoint().Matches(connectionString).ToDictionary(match => match.Groups[1].Value, match => new Uri(match.Groups[2].Value));
        ConnectionString = Endpoint().Replace(connectionString, match => $"{match.Groups[1].Value}Endpoint=http://{_listeners[match.Groups[1].Value].LocalEndpoint}{_targets[match.Groups[1].Value].AbsolutePath}");
    }

    /// <summary>The connection string that leads through it.</summary>
    public string ConnectionString { get; }

    /// <summary>Passes all connections on, with what was said on them before.</summary>
    public void PassOn() => _passesOn.SetResult();

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
                await _passesOn.Task.WaitAsync(stop);
                using var target = new TcpClient();
                await target.ConnectAsync(_targets[name].Host, _targets[name].Port, stop);
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
