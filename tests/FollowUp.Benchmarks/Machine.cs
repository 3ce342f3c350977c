using System.Diagnostics;
using System.Globalization;
using FollowUp.Local;

namespace FollowUp.Benchmarks;

/// <summary>Programs of this machine.</summary>
internal static class Machine
{
    /// <summary>The published package; made anew unless FOLLOWUP_PACKAGE names one.</summary>
    public static string Package { get; } = Environment.GetEnvironmentVariable("FOLLOWUP_PACKAGE") is { Length: > 0 } given
        ? given
        : Publish(Path.Combine(RepositoryRoot.Find(), "src", "FollowUp"));

    public static string Publish(string project)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), ".local", "benchmarks", Path.GetFileName(project));
        Run("dotnet", ["publish", project, "-c", "Release", "-o", folder, "-v", "quiet"]);
        return folder;
    }

    public static void Run(string program, IEnumerable<string> arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = input is not null };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Join(Environment.NewLine, said.Result)}");
    }

    /// <summary>The memory that a process holds, and held at most, in MiB.</summary>
    public static (double Now, double Peak) MemoryOf(int processId)
    {
        double Read(string name) => double.Parse(
            File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        return (Read("VmRSS:"), Read("VmHWM:"));
    }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
