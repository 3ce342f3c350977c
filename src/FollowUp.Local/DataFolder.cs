using FollowUp.Local.Service;

namespace FollowUp.Local;

/// <summary>The folder that a run keeps its data in, taken for as long as this object lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(FileStream taken) => _lock = taken;

    public static DataFolder Take(string folder, bool empty)
    {
        Directory.CreateDirectory(folder);
        FileStream taken;
        try
        {
            taken = new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidOperationException($"Another run uses the data in {folder}. Stop it, or name another folder with --data.");
        }

        if (empty)
            Empty(folder);
        return new DataFolder(taken);
    }

    public void Dispose() => _lock.Dispose();

    private static void Empty(string folder)
    {
        foreach (var part in Parts)
        {
            var path = Path.Combine(folder, part);
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
    }

    // Only what a run writes itself is deleted, whatever folder is named
    private static readonly string[] Parts = ["azurite", "inbox", "clock", "webhooks.pem", "sign-in.pem", "sign-in.key", HostSettings.File];
}
