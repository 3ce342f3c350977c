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
        var source = Path.Combine(RepositoryRoot.Find(), "src", "FollowUp.Worker");
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "host.json" })
            File.Copy(Path.Combine(source, file), Path.Combine(_folder.FullName, file));
        var project = await File.ReadAllTextAsync(Path.Combine(source, "FollowUp.Worker.csproj"), TestContext.Current.CancellationToken);
        project = Package().Replace(project, "").Replace("../FollowUp/", Path.Combine(RepositoryRoot.Find(), "src", "FollowUp") + "/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "FollowUp.Worker.csproj"), project, TestContext.Current.CancellationToken);

        await DotnetAsync("restore");
        var resolved = JsonNode.Parse(await DotnetAsync(
            "msbuild", "-t:ResolveReferences;ComputeFilesToPublish", "-getItem:ResolvedFileToPublish", $"-p:Configuration={Configuration}", "-p:_IsPublishing=true", "-p:BuildProjectReferences=false"))!;

        var files = resolved["Items"]!["ResolvedFileToPublish"]!.AsArray().ToLookup(file => (string)file!["RelativePath"]!, file => (string)file!["FullPath"]!);
        Assert.Equal(Path.Combine(_folder.FullName, "host.json"), Assert.Single(files["host.json"]));
        foreach (var file in new[] { "FollowUp.dll", "FollowUp.Worker.dll", "wwwroot/robots.txt", "wwwroot/assets/followup.css", "wwwroot/assets/govuk-frontend.min.js" })
            Assert.Single(files[file]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

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
