using System.Diagnostics;

namespace FollowUp.Local.Azurite;

/// <summary>Azure Storage on this machine: Azurite on ports of its own, for as long as this object lives.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const string PublishedKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Listening = "successfully listening at ";

    private readonly Process _process;
    private readonly PidFile? _pidFile;
    private Dictionary<string, string> _addresses = [];

    private AzuriteProcess(Process process, PidFile? pidFile)
    {
        _process = process;
        _pidFile = pidFile;
    }

    /// <summary>The connection string of its usual account.</summary>
    public string ConnectionString => ConnectionStringOf("devstoreaccount1");

    /// <summary>Starts Azurite and waits until its three services listen.</summary>
    /// <param name="folder">Where it keeps its data; null keeps everything in memory.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="accounts">The accounts that it has, each with storage of its own; none for the usual one.</param>
    public static async Task<AzuriteProcess> StartAsync(string? folder, CancellationToken cancellationToken, params IReadOnlyCollection<string> accounts)
    {
        var pidFile = folder is null ? null : new PidFile(folder + ".pid", "azurite");
        if (pidFile is not null)
            await pidFile.EndLeftoverAsync(cancellationToken);

        var process = Process.Start(Command(folder, accounts)) ?? throw new InvalidOperationException("node did not start");
        pidFile?.Write(process.Id);
        var azurite = new AzuriteProcess(process, pidFile);
        try
        {
            await azurite.ReadAddressesAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of one of its accounts.</summary>
    public string ConnectionStringOf(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={PublishedKey};BlobEndpoint={_addresses["Blob"]}/{account};QueueEndpoint={_addresses["Queue"]}/{account};TableEndpoint={_addresses["Table"]}/{account};";

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _pidFile?.Delete();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(string? folder, IReadOnlyCollection<string> accounts)
    {
        var root = RepositoryRoot.Find();
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root,
        };
        string[] options =
        [
            Path.Combine(AppContext.BaseDirectory, "Azurite", "azurite.cjs"), root,
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        ];
        foreach (var option in options.Concat(folder is null ? ["--inMemoryPersistence"] : ["--location", folder]))
            start.ArgumentList.Add(option);
        if (accounts.Count > 0)
            start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', accounts.Select(account => $"{account}:{PublishedKey}"));
        return start;
    }

    private async Task ReadAddressesAsync(CancellationToken cancellationToken)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (addresses.Count < 3)
        {
            var line = await _process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException($"Azurite did not start: {await errors}");
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at > 0)
                addresses[line.Split(' ')[1]] = line[(at + Listening.Length)..].Trim();
        }

        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _addresses = addresses;
    }
}
