using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml.Linq;
using FollowUp.Local;
using FollowUp.Local.Front;

namespace FollowUp.Tests.Azure;

/// <summary>The package's layout, where one has been made (FOLLOWUP_PACKAGE and FOLLOWUP_ZIP name it).</summary>
public sealed class PackageTests
{
    private const int Executable = 0b001_001_001;
    private const int RegularFile = 0x8000;

    [Fact]
    public void The_folder_is_what_the_host_runs()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FOLLOWUP_PACKAGE") is { Length: > 0 }, "Nothing has been published");
        var folder = PackagedService.Folder;

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder, "FollowUp")).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(Path.Combine(folder, "host.json")));
        Assert.True(File.Exists(Path.Combine(folder, "libcoreclr.so")), "It brings its own runtime");
        Assert.True(File.Exists(Path.Combine(folder, "wwwroot", "assets", "followup.css")));
        Assert.Equal(FunctionFiles.Read().Select(door => door.Name).Order(), FunctionFiles.Read(folder).Select(door => door.Name).Order());
        Assert.False(File.Exists(Path.Combine(folder, "FollowUp.Local.dll")));
        Assert.False(Directory.Exists(Path.Combine(folder, "functions")));
    }

    [Fact]
    public async Task The_executable_is_for_Linux_on_x64_whichever_machine_made_it()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FOLLOWUP_PACKAGE") is { Length: > 0 }, "Nothing has been published");
        var header = new byte[20];
        await using var file = File.OpenRead(Path.Combine(PackagedService.Folder, "FollowUp"));
        await file.ReadExactlyAsync(header, TestContext.Current.CancellationToken);

        Assert.Equal("\u007fELF"u8, header.AsSpan(0, 4));
        Assert.Equal((2, 0x3e), (header[4], BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18))));
    }

    [Fact]
    public void Another_machine_publishes_for_Linux_too()
    {
        var project = XDocument.Load(Path.Combine(RepositoryRoot.Find(), "src", "FollowUp", "FollowUp.csproj"));

        Assert.Equal("linux-x64", project.Descendants("PublishRuntimeIdentifier").Single().Value);
    }

    [Fact]
    public void The_zip_keeps_the_execute_bit()
    {
        var path = Environment.GetEnvironmentVariable("FOLLOWUP_ZIP");
        Assert.SkipUnless(path is { Length: > 0 }, "No zip has been made");
        using var zip = ZipFile.OpenRead(path!);

        Assert.Equal(Executable, (zip.GetEntry("FollowUp")!.ExternalAttributes >> 16) & Executable);
        Assert.NotNull(zip.GetEntry("host.json"));
        foreach (var door in FunctionFiles.Read())
            Assert.NotNull(zip.GetEntry($"{door.Name}/function.json"));
        Assert.All(zip.Entries, entry => Assert.Equal(RegularFile, (entry.ExternalAttributes >> 16) & RegularFile));
    }
}
