using System.Text;

namespace FollowUp.Evidence;

/// <summary>Finds what a browser could take for a page or a script in bytes that claim to be something else.</summary>
internal static class Markup
{
    private static readonly string[] Signs = ["<script", "<html", "<!doctype", "<?php", "<iframe", "javascript:"];

    public static bool IsIn(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));
    }
}
