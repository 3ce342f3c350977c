using System.Diagnostics;
using System.Globalization;

namespace FollowUp.Local.Service;

/// <summary>The command line and environment of the service's process.</summary>
internal static class ServiceCommand
{
    public static ProcessStartInfo For(ServiceSettings settings, string clockFile, int port)
    {
        var start = ThisProgram();
        start.ArgumentList.Add(ServiceChild.Verb);
        start.ArgumentList.Add(clockFile);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // The host's working directory is the app's root, not the executable's folder
        start.WorkingDirectory = Path.GetTempPath();

        foreach (var (name, value) in settings.Environment)
            start.Environment[name] = value;
        var portText = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = portText;
        start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = portText;
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
