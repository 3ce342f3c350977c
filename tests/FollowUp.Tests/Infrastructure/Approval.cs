using System.Text;

namespace FollowUp.Tests.Infrastructure;

/// <summary>Compares whole texts with the files that somebody has read and approved (<c>tests/FollowUp.Tests/Approved</c>).</summary>
internal static class Approve
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "FollowUp.Tests", "Approved");

    /// <summary>Fails when the text differs from the approved file, leaving what came beside it as <c>name.received.ext</c>: read it, and rename it if it is right.</summary>
    /// <param name="name">The file's name below the folder, such as <c>Letters/notice.txt</c>.</param>
    public static void File(string name, string actual)
    {
        var approved = Path.Combine(Folder, name);
        var received = Path.ChangeExtension(approved, ".received" + Path.GetExtension(approved));
        var expected = System.IO.File.Exists(approved) ? System.IO.File.ReadAllText(approved) : null;
        if (expected == actual)
        {
            System.IO.File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        System.IO.File.WriteAllText(received, actual, new UTF8Encoding(false));
        Assert.Fail(expected is null
            ? $"Nothing is approved as {name} yet. Read {received} and, if it is right, rename it to {Path.GetFileName(approved)}."
            : $"{name} is not as approved. {FirstDifference(expected, actual)} If the new text is right, rename {received} to {Path.GetFileName(approved)}.");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(was.Length, now.Length)).First(i => At(was, i) != At(now, i));
        return $"Line {line + 1} was “{At(was, line)}” and is “{At(now, line)}”.";
    }

    private static string? At(string[] lines, int i) => i < lines.Length ? lines[i] : null;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "FollowUp.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run from inside the repository.");
    }
}
