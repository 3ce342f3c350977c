using System.IO.Compression;

namespace FollowUp.Tests.Azure;

/// <summary>The package's layout, where one has been made (FOLLOWUP_PACKAGE and FOLLOWUP_ZIP name it).</summary>
public sealed class PackageTests
{
    private const int Executable = 0b001_001_001;

    [Fact]
    public void The_folder_is_what_the_host_runs()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FOLLOWUP_PACKAGE") is { Length: > 0 }, "Nothing has been published");
        var folder = PackagedService.Folder;

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder, "FollowUp")).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(Path.Combine(folder, "host.json")));
        Assert.True(File.Exists(Path.Combine(folder, "libcoreclr.so")), "It brings its own runtime");
        Assert.True(File.Exists(Path.Combine(folder, "wwwroot", "assets", "followup.css")));
        foreach (var door in Infrastructure.TriggerPaths.Doors)
            Assert.True(File.Exists(Path.Combine(folder, door, "function.json")));
        Assert.False(File.Exists(Path.Combine(folder, "FollowUp.Local.dll")));
        Assert.False(Directory.Exists(Path.Combine(folder, "functions")));
    }

    [Fact]
    public void The_zip_keeps_the_execute_bit()
    {
        var path = Environment.GetEnvironmentVariable("FOLLOWUP_ZIP");
        Assert.SkipUnless(path is { Length: > 0 }, "No zip has been made");
        using var zip = ZipFile.OpenRead(path!);

        Assert.Equal(Executable, (zip.GetEntry("FollowUp")!.ExternalAttributes >> 16) & Executable);
        Assert.NotNull(zip.GetEntry("host.json"));
        Assert.NotNull(zip.GetEntry("SendEmail/function.json"));
    }
}
