using System.Diagnostics;
using System.Globalization;

namespace FollowUp.Local.Azurite;

/// <summary>Remembers a process beside its data, so that the next run finds what a killed one left behind.</summary>
internal sealed class PidFile(string path, string mark)
{
    public void Write(int id)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, id.ToString(CultureInfo.InvariantCulture));
    }

    public void Delete() => File.Delete(path);

    /// <summary>Waits for the leftover to end by itself, as it does when its parent has gone, and ends it if it does not.</summary>
    public async Task EndLeftoverAsync(CancellationToken cancellationToken)
    {
        using var leftover = Leftover();
        if (leftover is null)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(4));
        try
        {
            await leftover.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            leftover.Kill();
            await leftover.WaitForExitAsync(cancellationToken);
        }

        Delete();
    }

    private Process? Leftover()
    {
        if (!File.Exists(path) || !int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var id))
            return null;

        try
        {
            var process = Process.GetProcessById(id);
            return IsOurs(process) ? process : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // The system gives numbers out again, so the process must also look like the one that was written down
    private bool IsOurs(Process process)
    {
        var commandLine = $"/proc/{process.Id}/cmdline";
        return File.Exists(commandLine)
            ? File.ReadAllText(commandLine).Contains(mark, StringComparison.Ordinal)
            : process.ProcessName == "node";
    }
}
