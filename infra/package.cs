// Publishes the service and makes the zip that Azure takes:
//   dotnet run infra/package.cs [zip] [published folder]          behind the custom handler
//   dotnet run infra/package.cs worker [zip] [published folder]   as the isolated worker
// The same published files give the same bytes, and the executable keeps its execute bit, whichever machine makes the zip.
using System.Diagnostics;
using System.IO.Compression;

var worker = args is ["worker", ..];
string[] rest = worker ? args[1..] : args;
var project = worker ? "FollowUp.Worker" : "FollowUp";
var zip = rest.ElementAtOrDefault(0) ?? (worker ? "followup-worker.zip" : "followup.zip");
var folder = rest.ElementAtOrDefault(1) ?? Publish(project);

File.Delete(zip);
using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
{
    foreach (var name in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal))
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        const int RegularFile = 0x8000;
        var mode = name == project ? 0b111_101_101 : 0b110_100_100;
        entry.ExternalAttributes = (RegularFile | mode) << 16;
        using var from = File.OpenRead(Path.Combine(folder, name));
        using var to = entry.Open();
        from.CopyTo(to);
    }
}

MarkAsMadeOnUnix(zip);
Console.WriteLine($"{zip}: {new FileInfo(zip).Length / 1024 / 1024} MB");
return 0;

static string Publish(string project)
{
    // A folder of its own: what an earlier publish left would be packed as well
    var output = Path.Combine("out", project == "FollowUp" ? "package" : "worker");
    if (Directory.Exists(output))
        Directory.Delete(output, recursive: true);
    using var publish = Process.Start("dotnet", ["publish", $"src/{project}", "-c", "Release", "-o", output]);
    publish.WaitForExit();
    return publish.ExitCode == 0 ? output : throw new InvalidOperationException($"src/{project} could not be published.");
}

// On Windows each entry says that it was made there, and whoever unpacks it then passes over the modes of Unix
static void MarkAsMadeOnUnix(string zip)
{
    const int EndOfDirectory = 0x06054b50, Entry = 0x02014b50, Unix = 3;
    var bytes = File.ReadAllBytes(zip);
    var end = bytes.Length - 22;
    if (BitConverter.ToInt32(bytes, end) != EndOfDirectory)
        throw new InvalidOperationException($"{zip} does not end as a zip without a comment does.");
    var at = BitConverter.ToInt32(bytes, end + 16);
    for (var left = BitConverter.ToUInt16(bytes, end + 10); left > 0; left--)
    {
        if (BitConverter.ToInt32(bytes, at) != Entry)
            throw new InvalidOperationException($"{zip} has no entry where its directory says.");
        bytes[at + 5] = Unix;
        at += 46 + BitConverter.ToUInt16(bytes, at + 28) + BitConverter.ToUInt16(bytes, at + 30) + BitConverter.ToUInt16(bytes, at + 32);
    }

    File.WriteAllBytes(zip, bytes);
}
