using System.Globalization;
using FollowUp.Recommendations;

namespace FollowUp.Evidence;

/// <summary>How pages speak of files.</summary>
internal static class FileWords
{
    /// <summary>"PDF, 240 KB".</summary>
    public static string What(EvidenceFile file) => $"{FileKinds.Of(file.Kind).InWords}, {Size(file.Size)}";

    public static string Size(int bytes) => bytes switch
    {
        < 1024 => bytes == 1 ? "1 byte" : $"{bytes} bytes",
        < 1024 * 1024 => $"{bytes / 1024} KB",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.#} MB"),
    };

    public static (string Text, string Colour) Of(FileState? state) => state switch
    {
        FileState.Clean => ("Scanned", "green"),
        FileState.Refused => ("Refused", "red"),
        FileState.Awaiting => ("Being scanned", "yellow"),
        _ => ("Not kept", "grey"),
    };
}
