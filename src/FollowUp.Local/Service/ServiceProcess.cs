using System.Diagnostics;
using System.Net;

namespace FollowUp.Local.Service;

/// <summary>
/// The service's process, started and restarted as the Functions host does: a private port in the environment,
/// ready at any answer to GET /, not started again after exit code 0.
/// </summary>
internal sealed class ServiceProcess(ServiceSettings settings, string? package, string clockFile, HostPatience patience, Action<string> say) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<DateTimeOffset> _crashes = [];
    private TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private bool _everReady;
    private volatile bool _stopping;

    public int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    /// <summary>The service's private address, as soon as it answers there.</summary>
    public Task<Uri> AddressAsync(CancellationToken cancellationToken) =>
        _ready.Task.WaitAsync(patience.InvocationWait, cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Launch();
        await AddressAsync(cancellationToken);
    }

    /// <summary>Ends the process as the host does, without a word; it is started again.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process)
            return;

        // Callers from here on wait for the next process
        var next = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ready = _ready.Task.IsCompleted ? next : _ready;
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        if (_process is not { } process)
            return;

        if (package is not null)
        {
            // The host never stops it in any other way
            process.Kill();
            await process.WaitForExitAsync();
        }
        else if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(6));
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private void Launch()
    {
        var port = FreePort.Next();
        var process = Process.Start(ServiceCommand.For(settings, package, clockFile, port)) ?? throw new InvalidOperationException("the service did not start");
        lock (_gate)
        {
            _process = process;
        }

        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = WatchAsync(process, new Uri($"http://127.0.0.1:{port}"));
    }

    private async Task WatchAsync(Process process, Uri address)
    {
        var ready = _ready;
        var answering = AnnounceWhenAnsweringAsync(process, address, ready);
        await process.WaitForExitAsync();
        await answering;
        if (_stopping)
            return;

        if (_ready == ready && ready.Task.IsCompleted)
            _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (process.ExitCode == 0)
        {
            say("The service ended with exit code 0: the host never starts such a process again. Every call fails from here on.");
            _ready.TrySetException(new HttpRequestException("the service ended with exit code 0"));
            return;
        }

        say($"The service ended with exit code {process.ExitCode}.");
        await PauseAfterCrashAsync(process.ExitCode);
        if (_crashes.Count >= 3 && !_everReady)
            _ready.TrySetException(new InvalidOperationException("The service did not start in three tries; its own lines above say why."));
        else if (!_stopping)
            Launch();
    }

    private async Task PauseAfterCrashAsync(int exitCode)
    {
        if (exitCode == 200)
            return;

        var now = TimeProvider.System.GetUtcNow();
        _crashes.RemoveAll(crash => now - crash > TimeSpan.FromMinutes(30));
        _crashes.Add(now);
        if (_crashes.Count % 3 == 0)
            say("That was the third crash in half an hour: the real host stops here, and the platform starts it anew.");
        await Task.Delay(patience.RestartDelay);
    }

    private async Task AnnounceWhenAnsweringAsync(Process process, Uri address, TaskCompletionSource<Uri> ready)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        while (!process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
                _everReady = true;
                ready.TrySetResult(address);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(25);
            }
        }
    }

    private void Pass(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            say("  service | " + line);
    }
}
