// Publishes the service and makes the zip that Azure takes: dotnet run infra/package.cs [zip] [published folder]
// The same files give the same bytes, and the executable keeps its execute bit, which a zip made on Windows would lose.
using System.Diagnostics;
using System.IO.Compression;

var zip = args.ElementAtOrDefault(0) ?? "followup.zip";
var folder = args.ElementAtOrDefault(1) ?? Publish();

File.Delete(zip);
using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
{
    foreach (var name in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal))
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        const int RegularFile = 0x8000;
        var mode = name == "FollowUp" ? 0b111_101_101 : 0b110_100_100;
        entry.ExternalAttributes = (RegularFile | mode) << 16;
        using var from = File.OpenRead(Path.Combine(folder, name));
        using var to = entry.Open();
        from.CopyTo(to);
    }
}

Console.WriteLine($"{zip}: {new FileInfo(zip).Length / 1024 / 1024} MB");
return 0;

static string Publish()
{
    // A folder of its own: what an earlier publish left would be packed as well
    var output = Path.Combine("out", "package");
    if (Directory.Exists(output))
        Directory.Delete(output, recursive: true);
    using var publish = Process.Start("dotnet", ["publish", "src/FollowUp", "-c", "Release", "-o", output]);
    publish.WaitForExit();
    return publish.ExitCode == 0 ? output : throw new InvalidOperationException("The service could not be published.");
}
