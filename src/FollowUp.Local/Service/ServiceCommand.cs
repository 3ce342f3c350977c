using System.Diagnostics;
using System.Globalization;

namespace FollowUp.Local.Service;

/// <summary>The command line and environment of the service's process.</summary>
internal static class ServiceCommand
{
    /// <param name="package">The folder of the service's own executable; null starts this program in child mode.</param>
    public static ProcessStartInfo For(ServiceSettings settings, string? package, string clockFile, int port)
    {
        var start = package is null ? Child(clockFile) : new ProcessStartInfo(Path.Combine(package, "FollowUp")) { WorkingDirectory = package };
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in settings.Environment)
            start.Environment[name] = value;
        var portText = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = portText;
        start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = portText;
        var id = Guid.NewGuid().ToString();
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = id;
        start.Environment["FUNCTIONS_HTTPWORKER_ID"] = id;
        return start;
    }

    private static ProcessStartInfo Child(string clockFile)
    {
        var start = ThisProgram();
        start.ArgumentList.Add(ServiceChild.Verb);
        start.ArgumentList.Add(clockFile);
        // The host's working directory is the app's root, not the executable's folder
        start.WorkingDirectory = Path.GetTempPath();
        return start;
    }

    private static ProcessStartInfo ThisProgram()
    {
        var library = typeof(ServiceCommand).Assembly.Location;
        var executable = Path.ChangeExtension(library, OperatingSystem.IsWindows() ? "exe" : null);
        if (File.Exists(executable))
            return new ProcessStartInfo(executable);

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(library);
        return start;
    }
}
