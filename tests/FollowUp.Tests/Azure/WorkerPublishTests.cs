using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FollowUp.Local;

namespace FollowUp.Tests.Azure;

/// <summary>
/// What <c>dotnet publish src/FollowUp.Worker</c> puts together, as far as it can be told without the worker's packages:
/// its own project file without them, in another folder, is resolved for publishing, and nothing is compiled.
/// </summary>
public sealed partial class WorkerPublishTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("followup-");

    [Fact]
    public async Task The_worker_brings_its_own_host_file_and_the_services_pages()
    {
        await MakeProjectAsync();
        var resolved = JsonNode.Parse(await DotnetAsync(
            "msbuild", "-t:ResolveReferences;ComputeFilesToPublish", "-getItem:ResolvedFileToPublish", $"-p:Configuration={Configuration}", "-p:_IsPublishing=true", "-p:BuildProjectReferences=false"))!;

        var files = resolved["Items"]!["ResolvedFileToPublish"]!.AsArray().ToLookup(file => (string)file!["RelativePath"]!, file => (string)file!["FullPath"]!);
        Assert.Equal(Path.Combine(_folder.FullName, "host.json"), Assert.Single(files["host.json"]));
        Assert.Empty(files["local.settings.json"]);
        foreach (var file in new[] { "FollowUp.dll", "FollowUp.Worker.dll", "wwwroot/robots.txt", "wwwroot/assets/followup.css", "wwwroot/assets/govuk-frontend.min.js" })
            Assert.Single(files[file]);
    }

    /// <summary>Core Tools build with <c>-o</c>: the service goes into the same folder first, with the host.json of the custom handler.</summary>
    [Fact]
    public async Task Built_into_one_folder_with_the_service_the_worker_keeps_its_own_host_file_and_the_hosts_settings()
    {
        await MakeProjectAsync();
        var output = _folder.CreateSubdirectory("bin/output").FullName;
        var built = Path.Combine(output, "host.json");
        File.Copy(Path.Combine(RepositoryRoot.Find(), "host.json"), built);
        File.SetLastWriteTimeUtc(built, DateTime.UnixEpoch.AddYears(100));

        await DotnetAsync("msbuild", "-t:_CopySourceItemsToOutputDirectory", $"-p:Configuration={Configuration}", $"-p:OutputPath={output}/", "-p:_CommandLineDefinedOutputPath=true", "-p:UseAppHost=false", "-p:BuildProjectReferences=false");

        foreach (var file in new[] { "host.json", "local.settings.json" })
            Assert.Equal(await TextAsync(_folder.FullName, file), await TextAsync(output, file));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

    private static Task<string> TextAsync(string folder, string file) => File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);

    private async Task MakeProjectAsync()
    {
        var source = Path.Combine(RepositoryRoot.Find(), "src", "FollowUp.Worker");
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "host.json" })
            File.Copy(Path.Combine(source, file), Path.Combine(_folder.FullName, file));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "local.settings.json"), """{"Values":{}}""", TestContext.Current.CancellationToken);
        var project = Package().Replace(await TextAsync(source, "FollowUp.Worker.csproj"), "").Replace("../FollowUp/", Path.Combine(RepositoryRoot.Find(), "src", "FollowUp") + "/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "FollowUp.Worker.csproj"), project, TestContext.Current.CancellationToken);
        await DotnetAsync("restore");
    }

    private async Task<string> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        return output;
    }

    [GeneratedRegex("<PackageReference [^>]*/>")]
    private static partial Regex Package();
}
